"""The driver of one visit, or of all that are still to come in its course: named, confirmed, or gone over."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.both_changed import Side
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import WallTime
from clinic_desktop.foundation.errors import ClinicProblem, StaleEdit
from clinic_desktop.scheduling.holding import Settled, confirm_driver, name_driver
from clinic_desktop.scheduling.looking_drivers import proposed
from clinic_desktop.scheduling.model import GoingHomePlan, Visit
from clinic_desktop.security.rights import Right, may
from clinic_desktop.treatment.overriding import override_driver
from clinic_desktop.ui.booking.driver_part import DriverPart
from clinic_desktop.ui.booking.panel_shell import PanelShell, Part
from clinic_desktop.ui.booking.visit_card import VisitCard
from clinic_desktop.ui.booking.visit_meanwhile import VisitMeanwhile
from clinic_desktop.ui.booking.visit_reading import VisitRead, read_visit
from clinic_desktop.ui.booking.words import driver_line
from clinic_desktop.ui.both_changed import BothChangedDialog, Open
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import ReasonDialog
from clinic_desktop.ui.driver_badge import DriverMark
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import LatestReader, run, show_problem
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.segmented import Segment, SegmentedSwitch

WIDTH = 404
ONE, ALL = "one", "all"


class DriverPanel(PanelShell):
    """``named`` carries :class:`Settled`, the visits as they were and the plan; ``told`` a sentence."""

    named = Signal(object, object, object)
    told = Signal(str)
    hidden = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Driver"), parent)
        self._desk = desk
        self._visit_id = 0
        self._read_one: VisitRead | None = None
        self._plan: GoingHomePlan | None = None
        self._first: Visit | None = None  # on what the answer was begun
        self._answered = False
        self._reader: LatestReader[VisitRead] = LatestReader(self, self._read)
        self.card = VisitCard()
        self.driver = DriverPart(tr("Who takes the patient home?"))
        scopes = [Segment(ONE, tr("This visit")), Segment(ALL, tr("All coming visits"))]
        self.scope = SegmentedSwitch(scopes, tr("For"))
        self._scope_part = Part(tr("For"), line=False)
        self._scope_part.content.addWidget(self.scope)
        self._none = label("", TextRole.BODY, "second", wrap=True)
        self._held = label("", TextRole.LABEL, "warn", wrap=True)
        self.over = Button(tr("Treat without a driver"), size="small")
        self._who = label("", TextRole.LABEL, "second", wrap=True)
        self.confirmed = Button(tr("Confirmed by the driver"), icon="check", key="F9")
        self.save = Button(tr("Save"), Kind.PRIMARY, size="large", key="Ctrl+Return", by_enter=True)
        about = Part(tr("Visit"))
        self.meanwhile = VisitMeanwhile(desk)
        self.put_on_top(self.meanwhile)
        about.content.addWidget(self.card)
        about.content.addWidget(self._none)
        for part in (about, self.driver, self._scope_part):
            self.body.addWidget(part)
        self.body.addStretch(1)
        for widget in (self._held, self._who, self.over, self.confirmed, self.save):
            self.foot.addWidget(widget)
        self.driver.picked.connect(self._picked)
        self.driver.entered.connect(self._entered)
        self.driver.typed.connect(self._name_save)
        self.driver.someone.form.chord = False  # Ctrl Enter saves whoever is being typed, at once
        self.scope.picked.connect(self._show)
        self.save.fired.connect(self.confirm)
        self.confirmed.fired.connect(self.toggle_confirmed)
        self.over.fired.connect(self._ask_why)
        self._desk.hub.changed.connect(self._others_changed)
        self.add_key("F9", self.toggle_confirmed)
        self.add_key("Ctrl+N", self.driver.ask_someone)

    def open_for(self, visit_id: int) -> None:
        """About one visit."""
        self._visit_id, self._answered, self._plan = visit_id, False, None
        self._read_one = self._first = None
        self.meanwhile.forget()
        self.driver.reset()
        self.driver.hide()
        self.scope.set_current(ONE)
        self._look(self._start)

    @property
    def who(self) -> str:
        """Who can go over the rule, where the person cannot."""
        return self._who.text()

    @property
    def none(self) -> str:
        """That nobody is asked for, where that is so."""
        return self._none.text()

    def _look(self, then: Callable[[], object] | None = None) -> None:
        self._reader.read(partial(read_visit, self._desk.store, self._visit_id, self._desk.now()), then)

    def _start(self) -> None:
        asked = self._read_one is not None and self._read_one.word
        (self.driver.list if asked else self).setFocus()

    def _others_changed(self, _changes: Changes) -> None:
        if self.isVisible() and self._visit_id:
            self._look()

    def _read(self, read: VisitRead) -> None:
        self._read_one = read
        self._first = self._first or read.visit
        self.meanwhile.shows(read.visit)
        if not self._answered:
            self._plan = read.visit.plan or self._proposed(read)
        self._show()

    def _proposed(self, read: VisitRead) -> GoingHomePlan | None:
        """The usual driver who can come, so that Enter is enough."""
        at = WallTime(read.visit.day, read.visit.minute, read.visit.fold)
        offer = proposed(self._desk.setup, read.type, at, read.about.drivers, read.visit.phase_minutes)
        return offer.plan if offer else None

    # Showing.

    def _show(self, _segment: str = "") -> None:
        read, setup = self._read_one, self._desk.setup
        if read is None:
            return
        self.subtitle.setText(read.about.patient.name)
        self.card.show_visit(read, setup, self._desk.today())
        asks = bool(read.word)
        self._none.setText("" if asks else tr("This visit asks for no driver."))
        self._none.setVisible(not asks)
        self.driver.setVisible(asks)
        if asks:
            at = WallTime(read.visit.day, read.visit.minute, read.visit.fold)
            minutes = read.visit.phase_minutes
            self.driver.show_drivers(setup, read.type, at, read.about.drivers, self._plan, minutes)
            if not self._answered:
                self.driver.badge.set_mark(DriverMark(read.word))
        self._show_scope(read)
        self._show_foot(read, asks=asks)

    def _show_scope(self, read: VisitRead) -> None:
        self._scope_part.setVisible(bool(read.word) and len(read.coming) > 1)

    def _show_foot(self, read: VisitRead, *, asks: bool) -> None:
        held = "driver" in read.visit.held_for
        self._held.setText(tr("Held until a driver is named.") if held else "")
        self._held.setVisible(held)
        may_go_over = Role.PRESCRIBER in self._desk.actor.roles and may(
            self._desk.actor, Right.OVERRIDE_DRIVER
        )
        self.over.setVisible(asks and read.word == DriverMark.MISSING and may_go_over)
        self._who.setText(tr("Only a prescriber can let the patient be treated without a driver."))
        self._who.setVisible(asks and read.word == DriverMark.MISSING and not may_go_over)
        unchanged = self._plan == read.visit.plan
        named = read.word in (DriverMark.NAMED, DriverMark.CONFIRMED) and unchanged
        self.confirmed.setVisible(asks and named)
        done = read.word == DriverMark.CONFIRMED
        self.confirmed.setText(tr("Take the confirmation back") if done else tr("Driver said yes"))
        self.confirmed.updateGeometry()
        self.save.setVisible(asks)
        self._name_save()

    def _name_save(self) -> None:
        """The button says who would be saved: whoever is being typed goes before whoever was proposed."""
        if self._read_one is not None:
            self.save.setText(self._verb(self._read_one))
            self.save.updateGeometry()

    def _verb(self, read: VisitRead) -> str:
        count = len(read.coming) if self.scope.current == ALL else 1
        typing = self.driver.typing
        plan = typing or self._plan
        if plan is None:
            return tr("Leave it open for %n visit(s)", "", count)
        nameless = typing is not None and typing.kind.has_person and not typing.name
        name = tr("Someone else") if nameless else driver_line(plan)
        return tr("{name} for %n visit(s)", "", count).format(name=name)

    # Answers.

    def _picked(self, plan: GoingHomePlan | None) -> None:
        self._plan, self._answered = plan, True
        self._show()
        self.save.setFocus()

    def _entered(self, plan: GoingHomePlan | None) -> None:
        self._picked(plan)
        self.confirm()

    def confirm(self) -> None:
        """Save the driver for this visit or for all that come."""
        read = self._read_one
        if read is None or not read.word:
            return
        if self.driver.typing is not None:
            self.driver.someone.take()  # shows what is missing
        if self.driver.typing is not None:
            return
        visits = read.coming if self.scope.current == ALL else (read.visit,)
        if self._both_named(read.visit):
            self._ask_whose(read.visit, visits)
        else:
            self.save_for(visits, self._plan)

    def _both_named(self, now: Visit) -> bool:
        """Another desk named somebody while the panel was open, and it is somebody else than here."""
        was = self._first.plan if self._first is not None else now.plan
        return now.plan != was and self._plan not in (now.plan, was)

    def _ask_whose(self, now: Visit, visits: Sequence[Visit]) -> None:
        was = self._first.plan if self._first is not None else None
        mine = self._plan

        def decided(choices: Mapping[str, Side]) -> None:
            self._first = now
            if choices["plan"] is Side.MINE:
                self.save_for(visits, mine)
            else:
                self._take_theirs(now)

        field = Open("plan", tr("Driver"), *(_named(one) for one in (was, now.plan, mine)))
        BothChangedDialog.ask(self, self.meanwhile.title, "", [], [field], decided)

    def _take_theirs(self, asked: Visit) -> None:
        """Whoever stands there now: another may have been named while the question stood."""
        stands = self._read_one.visit if self._read_one is not None else asked
        self._first, self._plan, self._answered = stands, stands.plan, False
        self._show()

    def save_for(self, visits: Sequence[Visit], plan: GoingHomePlan | None) -> None:
        """Name a driver for visits as they were seen."""
        desk, seen = self._desk, [(one.id, one.version) for one in visits]
        work = partial(name_driver, desk.store, desk.actor, seen, plan)
        run(self, work, partial(self._named, tuple(visits), plan), self._failed, key="booking.driver")

    def _named(self, before: tuple[Visit, ...], plan: GoingHomePlan | None, settled: Settled) -> None:
        self._answered, self._first = False, None
        self._desk.hub.tell(settled.changes)
        self.named.emit(settled, before, plan)
        self._desk.remember(settled.changes)

    def toggle_confirmed(self) -> None:
        """The driver said yes, or took it back."""
        read, desk = self._read_one, self._desk
        if read is None or not self.confirmed.isVisible():
            return
        yes = read.word != DriverMark.CONFIRMED
        work = partial(confirm_driver, desk.store, desk.actor, read.visit.id, read.visit.version, yes=yes)
        run(self, work, partial(self._confirmed, read, yes), self._failed, key="booking.driver")

    def _confirmed(self, read: VisitRead, yes: bool, settled: Settled) -> None:
        self._desk.hub.tell(settled.changes)
        pattern = tr("{name} is confirmed as driver.") if yes else tr("{name} is to be confirmed again.")
        self.told.emit(pattern.format(name=driver_line(read.visit.plan)) if read.visit.plan else "")
        self._desk.remember(settled.changes)

    def _ask_why(self) -> None:
        reasons = [
            ("inpatient", QT_TR_NOOP("The patient stays in care after the visit")),
            ("transport", QT_TR_NOOP("The clinic arranges the way home itself")),
        ]
        what = tr("It is noted on the record and in the day's report.")
        ReasonDialog.ask(
            self, tr("Treat without a driver?"), what, reasons, tr("Treat without a driver"), self._go_over
        )

    def _go_over(self, _code: str, reason: str) -> None:
        desk = self._desk
        work = partial(override_driver, desk.store, desk.actor, self._visit_id, reason)
        run(self, work, self._gone_over, self._failed, key="booking.driver")

    def _gone_over(self, changes: Changes) -> None:
        self._desk.record(changes)
        self.told.emit(tr("The driver rule was gone over for this visit; the reason is on record."))

    def _failed(self, problem: ClinicProblem) -> None:
        if isinstance(problem, StaleEdit):
            self._look()  # and it is told who was first, where it was this visit
        if not (isinstance(problem, StaleEdit) and problem.record_id == self._visit_id):
            show_problem(problem)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hidden.emit()


def _named(plan: GoingHomePlan | None) -> str:
    return ", ".join(part for part in (driver_line(plan), plan.phone) if part) if plan else ""
