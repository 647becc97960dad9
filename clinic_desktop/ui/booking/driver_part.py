"""Who takes the patient home: a usual driver by one key, somebody else, or nobody yet."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from clinic_desktop.foundation.clock import WallTime
from clinic_desktop.people.model import TransportKind
from clinic_desktop.scheduling.looking_drivers import DriverOffer, comes
from clinic_desktop.scheduling.model import GoingHomePlan, Setup, VisitType
from clinic_desktop.scheduling.way_home import gaps
from clinic_desktop.ui.booking.answer_list import AnswerList
from clinic_desktop.ui.booking.panel_shell import Part
from clinic_desktop.ui.booking.someone_form import SomeoneForm
from clinic_desktop.ui.booking.words import driver_line, how_words
from clinic_desktop.ui.driver_badge import DriverMark
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.wording import driver_words
from clinic_desktop.ui.widgets.badge import DriverBadge
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.rows import Row

SOMEONE, NOBODY, TYPED = "someone", "nobody", "typed"


class DriverPart(Part):
    """``picked`` and ``entered`` carry the :class:`GoingHomePlan`, or None for nobody yet; ``typed`` tells
    that somebody else is being named, or named otherwise: ``typing`` says how far."""

    picked = Signal(object)
    entered = Signal(object)
    typed = Signal()

    def __init__(self, title: str = "") -> None:
        self.badge = DriverBadge(DriverMark.MISSING)
        super().__init__(title or tr("Who drives home?"), self.badge)
        self._plans: dict[str, GoingHomePlan | None] = {}
        self.list = AnswerList(tr("Drivers"), 6)
        self.someone = SomeoneForm()
        self.someone.hide()
        self.content.addWidget(self.list)
        self.content.addWidget(self.someone)
        self.list.picked.connect(self._picked)
        self.list.entered.connect(self._entered)
        self.someone.done.connect(self._someone)
        self.someone.form.edited.connect(self._typed)

    def show_drivers(
        self,
        setup: Setup,
        visit_type: VisitType,
        at: WallTime | None,
        offers: Sequence[DriverOffer],
        plan: GoingHomePlan | None,
        minutes: tuple[int, ...] = (),
    ) -> None:
        """The ways home to offer for a visit, and the one that counts now; ``at`` None: times vary.
        ``minutes``: the lengths of its phases, where they differ from the type's."""
        profile = setup.profile_of(visit_type)
        self.someone.set_kinds(profile.accepts if profile else tuple(TransportKind))
        self._plans = {str(n): one.plan for n, one in enumerate(offers)}
        able = [at is None or comes(setup, visit_type, at, one, minutes) for one in offers]
        choices = [
            Choice(str(n), _row(one, able[n], gaps(one.plan, profile))) for n, one in enumerate(offers)
        ]
        if plan is not None and all(not _same(plan, one) for one in self._plans.values()):
            self._plans[TYPED] = plan
            choices.append(Choice(TYPED, Row(driver_line(plan), _contact(plan))))
        choices.append(Choice(SOMEONE, Row(tr("Someone else"), right=tr("Ctrl N"))))
        choices.append(Choice(NOBODY, Row(tr("Nobody yet"), right=tr("holds the time"))))
        current = next((key for key, one in self._plans.items() if plan and _same(plan, one)), NOBODY)
        self.list.set_choices(choices, SOMEONE if self.someone.isVisible() else current)
        self.badge.set_mark(_mark(plan, bool(gaps(plan, profile))))

    def ask_someone(self) -> None:
        """Open the form for somebody else."""
        self.list.set_current(SOMEONE)
        self.someone.show()
        self.someone.start()
        self.typed.emit()

    @property
    def typing(self) -> GoingHomePlan | None:
        """Somebody else as typed so far; None while the form for it is not open."""
        return None if self.someone.isHidden() else self.someone.plan()

    def take(self) -> None:
        """The answer that stands chosen is meant, as by Enter."""
        self._entered(self.list.current)

    def reset(self) -> None:
        """Forget what was typed for somebody else."""
        self.someone.clear()
        self.someone.hide()

    def _picked(self, key: str) -> None:
        if self._settles(key):
            self.picked.emit(self._plans.get(key))

    def _entered(self, key: str) -> None:
        if self._settles(key):
            self.entered.emit(self._plans.get(key))

    def _settles(self, key: str) -> bool:
        """Whether an answer stands by itself; somebody else must be named first."""
        if key == SOMEONE:
            self.ask_someone()
            return False
        self.someone.hide()
        return True

    def _typed(self) -> None:
        if not self.someone.isHidden():
            self.typed.emit()

    def _someone(self, plan: GoingHomePlan) -> None:
        self.someone.hide()
        self.picked.emit(plan)


def _row(offer: DriverOffer, can_come: bool, missing: Sequence[str]) -> Row:
    parts = [_contact(offer.plan)]
    if offer.last:
        parts.append(tr("as last time"))
    badge = ""
    if missing:
        badge = tr("Not complete")
        parts = [", ".join(missing)]
    elif not can_come and offer.usual is not None:
        badge = tr("Cannot come then")
        parts = [driver_words(offer.usual)]
    return Row(
        driver_line(offer.plan), ", ".join(part for part in parts if part), badge=badge, tone=Tone.WARN
    )


def _contact(plan: GoingHomePlan) -> str:
    return ", ".join(part for part in (plan.phone, how_words(plan.kind)) if part)


def _same(one: GoingHomePlan, other: GoingHomePlan | None) -> bool:
    return other is not None and (one.kind, one.name, one.phone) == (other.kind, other.name, other.phone)


def _mark(plan: GoingHomePlan | None, lacking: bool) -> DriverMark:
    if plan is None or lacking:
        return DriverMark.MISSING
    return DriverMark.CONFIRMED if plan.confirmed_at else DriverMark.NAMED
