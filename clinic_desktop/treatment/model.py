"""What happened in the room: stamps that are only ever added, and what follows from them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from clinic_desktop.people.model import ScreeningItem
from clinic_desktop.treatment.answers import Answer


class StampKind(StrEnum):
    ARRIVED = "arrived"
    IN_ROOM = "in room"
    MOVED_ROOM = "moved to another room"  # in mid-visit: ``room_id`` is the one they came into
    CONSENT = "consent seen"
    DOSE = "dose"  # one device, one injection
    INFUSION_START = "infusion started"
    RATE = "infusion rate"  # the pump runs at another rate from here on
    INFUSION_STOP = "infusion stopped"
    DOSING_ENDED = "dosing ended"  # fewer devices than planned: monitoring runs from what was given
    ANSWERED = "asked"  # what the patient answered before the dose
    VITALS = "vitals"
    PRESSURE_ACCEPTED = "pressure accepted"  # carries the numbers that were accepted, a low oxygen too
    SEDATION = "sedation"  # MOAA/S
    DISSOCIATION = "dissociation"
    NAUSEA = "nausea"
    FORTY_MISSED = "40-minute pressure missed"  # with the reason
    CHECK_MISSED = "pressure missed"  # in an infusion, with the reason
    SETTLED = "settled"  # sedation, dissociation and breathing settled
    WALKS = "walks steadily"
    LINE_OUT = "line out, site checked"
    DISCHARGE_FORM = "discharge form"
    DRIVER_SEEN = "driver here"
    STAYS = "stays until the patient is fetched"  # somebody of the staff, after closing
    SHEET_HANDED = "sheet handed over"
    READY = "ready"  # fit to go, though the gate may still be shut: nobody has come yet
    WAITING = "in the waiting chair"  # out of the room, still watched
    RELEASED = "released"  # through the gate, and gone
    LEFT = "left"  # a visit without a dose is over
    NOT_TREATED = "arrived, not treated"
    LEFT_EARLY = "left before release"
    TRANSFERRED = "transferred"
    TOLD = "prescriber told"
    SAID = "prescriber said"  # in words, read back; it opens nothing
    NOTE = "note"
    STRUCK = "struck out"  # corrects an entry that never happened, or belongs to somebody else


@dataclass(frozen=True, slots=True)
class Stamp:
    """One thing that happened to one visit at ``at``. Never changed: a correction is a new stamp of the same
    kind (or STRUCK) that names the old one in ``corrects`` and says why in ``reason``; what was recorded
    (``note`` too: why a visit ended, what somebody was told) is content and stays.

    dose with unit (mg), by its route; per_kg: the mg/kg it was reckoned from, with the weight and its
    day. rate of the pump in mL/h, concentration in mg/mL. device counts Spravato devices from 1, with lot.
    Pressure in mmHg, pulse per minute, oxygen in percent; score on its kind's scale; a discharge form with
    the items that the clinic asked and the points of each. person: who came (with phone, 18 or over, fit to
    drive), who took the patient over at the release, or whom something was handed or told to. counts_from:
    the end of the infusion, or the last dose, that a handed sheet goes by. room_id: the room that a patient
    was moved into; its name then begins the note. deviations: codes of rules the fact went past. told_by: the
    prescriber whose word it is, told and read back; ``by`` only wrote it down. warned: codes of what was said
    and a dose was given all the same, for ``reason``.
    """

    id: int = 0
    version: int = 0
    visit_id: int = 0
    kind: StampKind = StampKind.NOTE
    at: datetime | None = None
    recorded_at: datetime | None = None
    by: int = 0
    dose: float | None = None
    unit: str = ""
    route: str = ""
    per_kg: float | None = None
    weight_kg: float | None = None
    weighed_on: date | None = None
    rate: float | None = None
    concentration: float | None = None
    device: int | None = None
    lot: str = ""
    systolic: int | None = None
    diastolic: int | None = None
    pulse: int | None = None
    oxygen: int | None = None
    score: int | None = None
    answers: tuple[Answer, ...] = ()
    form: str = ""
    form_items: tuple[str, ...] = ()
    form_scores: tuple[int, ...] = ()
    person: str = ""
    phone: str = ""
    adult: bool = False
    fit: bool = False
    counts_from: datetime | None = None
    room_id: int | None = None
    note: str = ""
    corrects: int | None = None
    reason: str = ""
    deviations: tuple[str, ...] = ()
    told_by: int | None = None
    warned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """A deviation that is put before the prescriber; open until somebody closes it with words."""

    id: int = 0
    version: int = 0
    visit_id: int = 0
    stamp_id: int | None = None
    codes: tuple[str, ...] = ()
    opened_at: datetime | None = None
    opened_by: int = 0
    closed_at: datetime | None = None
    closed_by: int | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class RemsForm:
    """The form of a Spravato session: made with its first device, due 7 calendar days after it [R3], closed
    with the date sent. How far it is follows from what is there (:mod:`clinic_desktop.treatment.ledger`)."""

    id: int = 0
    version: int = 0
    visit_id: int = 0
    session_on: date = date.min
    due_on: date = date.min
    minutes: int | None = None  # from the first device to the end of monitoring; None until that is recorded
    ready_minutes: int | None = None  # from the same to ready to leave, had there been no 2-hour minimum
    items: tuple[ScreeningItem, ...] = ()  # what the form asks and no entry of the session says
    filled_at: datetime | None = None
    filled_by: int | None = None
    sent_on: date | None = None
    closed_by: int | None = None
