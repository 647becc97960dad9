"""Going home: what a visit type asks of the way home."""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desktop.people.model import TransportKind
from clinic_desktop.scheduling.model import GoingHomeProfile, Setup
from clinic_desktop.scheduling.set_up import Edit
from clinic_desktop.scheduling.set_up_types import in_use
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.set_up.editor import Editor
from clinic_desktop.ui.set_up.subject import Entry, Subject
from clinic_desktop.ui.set_up.words import DEMANDED, WAYS_HOME, choices
from clinic_desktop.ui.widgets.rows import Row

_ASKED = "required"


class ProfileEditor(Editor[GoingHomeProfile]):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._profile = GoingHomeProfile()
        self._name = self.text("name", tr("Name"))
        self._required = self.ticks("required", tr("Asked for"), [(_ASKED, tr("Nobody is dosed without it"))])
        self._accepts = self.ticks(
            "accepts",
            tr("Ways home that are accepted"),
            choices(WAYS_HOME),
            hint=tr("A named adult is 18 or over, with a phone number, and here at release."),
        )
        self._demanded = self.choice(
            "demanded",
            tr("It must be settled"),
            choices(DEMANDED),
            hint=tr("Until then the visit is held. It keeps its places, and nobody is dosed."),
        )
        self._stay = self.number(
            "min_stay_alone", tr("Minutes after the last dose before anybody leaves alone")
        )
        self.header(tr("On the day"))
        self._way = self.number("callback_minutes", tr("Minutes that a driver needs to come when called"))
        self._before = self.number(
            "arrive_before", tr("Minutes before the earliest release that the driver is to be here")
        )
        self._must_stay = self.time(
            "must_stay_from",
            tr("For visits from this time on the driver stays in the house"),
            hint=tr("Empty: never. It is said at the arrival and before the dose."),
        )
        self.note(
            tr("A change that asks more is for new visits; booked ones keep what they were booked with.")
        )

    def fill(self, value: GoingHomeProfile) -> None:
        self._profile = value
        self._name.setText(value.name)
        self._required.set_values(frozenset({_ASKED} if value.required else ()))
        self._accepts.set_values(frozenset(value.accepts))
        self._demanded.setCurrentIndex(self._demanded.findData(value.demanded))
        self._stay.set_value(value.min_stay_alone)
        self._way.set_value(value.callback_minutes)
        self._before.set_value(value.arrive_before)
        self._must_stay.set_value(value.must_stay_from)

    def value(self) -> GoingHomeProfile:
        return replace(
            self._profile,
            name=self._name.text().strip(),
            required=bool(self._required.values),
            accepts=frozenset(TransportKind(one) for one in self._accepts.values),
            demanded=str(self._demanded.currentData()),
            min_stay_alone=self._stay.value or 0,
            callback_minutes=-1 if self._way.value is None else self._way.value,
            arrive_before=-1 if self._before.value is None else self._before.value,
            must_stay_from=self._must_stay.value,
        )

    def refresh(self) -> None:
        asked = bool(self._required.values)
        on_the_day = ("callback_minutes", "arrive_before", "must_stay_from")
        for name in ("accepts", "demanded", "min_stay_alone", *on_the_day):
            self.form.row(name).setEnabled(asked)


class GoingHomeSubject(Subject[GoingHomeProfile]):
    id = "going-home"
    title = QT_TR_NOOP("Going home")
    icon = "driver"
    lead = QT_TR_NOOP("Each visit type says which way home it asks for.")
    add = QT_TR_NOOP("Add a way home")
    new = QT_TR_NOOP("New way home")

    def rows(self, setup: Setup) -> Sequence[Entry]:
        return [Entry(str(one.id), _row(one, setup)) for one in in_use(setup)]

    def value(self, setup: Setup, key: str) -> GoingHomeProfile:
        return {str(one.id): one for one in setup.profiles}[key]

    def fresh(self, setup: Setup) -> GoingHomeProfile:  # noqa: ARG002 - the same everywhere
        return GoingHomeProfile()

    def edit(
        self,
        setup: Setup,  # noqa: ARG002 - one record, written as it is
        before: GoingHomeProfile | None,  # noqa: ARG002 - the same
        value: GoingHomeProfile,
    ) -> Edit:
        return Edit((value,))

    def name(self, value: GoingHomeProfile) -> str:
        return value.name

    def editor(self, desk: Desk, kind: str) -> Editor[GoingHomeProfile]:  # noqa: ARG002 - one kind
        return ProfileEditor(desk)


def _row(one: GoingHomeProfile, setup: Setup) -> Row:
    used = sum(t.current and t.profile_id == one.id for t in setup.types)
    return Row(one.name, tr("%n visit type(s)", "", used))
