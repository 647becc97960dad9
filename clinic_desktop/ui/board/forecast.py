"""What a forecast of a move is made of: where to, what it says, and what is known of the patient."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clinic_desktop.people.model import Clearance, Order, Patient, Screening
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import Move
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.states import NEVER_CAME
from clinic_desktop.ui.i18n import tr


class Fit(StrEnum):
    """FITS: letting go saves. SWAPS: it saves, and the visit there takes the room that is left. ASKS: a
    reason is asked for. NOT: it cannot go there."""

    FITS = "fits"
    SWAPS = "swaps"
    ASKS = "asks"
    NOT = "not"


class Mark(StrEnum):
    """What stands before a line: a shape of its own for each."""

    OK = "ok"
    WARN = "warn"
    NO = "no"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a visit is held over the board: minute of the local day, the room, or the person's column.
    longer: minutes that its stay would be beyond what its type asks; None: as long as it is."""

    day: date
    minute: int
    room_id: int | None
    staff_id: int | None = None
    longer: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """``move``: what letting go would ask for; None when it cannot. ``other``: the move of the visit that
    changes rooms with it, and ``with_whom`` its patient. ``nearest``: minute of the day at which it could
    begin, or of a stay that is made longer, end. ``rules``: all that the rules say against it or warn of,
    for whoever is asked for a reason."""

    fit: Fit
    title: str
    lines: tuple[Said, ...]
    move: Move | None = None
    nearest: int | None = None
    other: Move | None = None
    with_whom: str = ""
    rules: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """The verdict in a word or two."""
        return {
            Fit.FITS: tr("fits"),
            Fit.SWAPS: tr("swaps rooms"),
            Fit.ASKS: tr("needs a reason"),
            Fit.NOT: tr("does not fit"),
        }[self.fit]

    @property
    def unremarkable(self) -> bool:
        """Whether it fits, and nothing warns of it. Whom to call is said once more when it is saved."""
        return self.fit is Fit.FITS and not any(one.mark is Mark.WARN for one in self.lines)

    @property
    def calls(self) -> tuple[str, ...]:
        """Whom to call once it is saved."""
        return tuple(one.text for one in self.lines if one.mark is Mark.CALL)

    @property
    def spoken(self) -> str:
        head = f"{self.title} {self.word}"
        return ". ".join([head, *(one.text.rstrip(".") for one in self.lines)]) + "."


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules ask about a patient besides the day; read when a visit is picked up."""

    patient: Patient
    others: tuple[Visit, ...] = ()
    clearances: tuple[Clearance, ...] = ()
    screening: Screening | None = None
    orders: tuple[Order, ...] = ()


def read_known(store: ScheduleStore, patient_id: int) -> Known:
    """Read it; off the GUI thread."""
    with store.read() as records:
        screenings = records.find(Screening, patient_id=patient_id)
        visits = records.find(Visit, patient_id=patient_id)
        return Known(
            records.get(Patient, patient_id),
            tuple(one for one in visits if one.state not in NEVER_CAME),
            tuple(records.find(Clearance, patient_id=patient_id)),
            screenings[-1] if screenings else None,
            tuple(records.find(Order, patient_id=patient_id)),
        )
