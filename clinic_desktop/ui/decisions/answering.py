"""A prescriber's yes and no to a request, through the use cases that each belongs to."""

from collections.abc import Callable
from datetime import date
from functools import partial

from clinic_desktop.aftercare.approving import TextName, approve, refuse_text
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.document import RenderPdf
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.scheduling.clearing import Decision, clear
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.reviews import OpenReview, Review, record_review
from clinic_desktop.scheduling.states import UNDOSED
from clinic_desktop.treatment.after import close_incident
from clinic_desktop.treatment.asked import Asked, decide_against, refuse
from clinic_desktop.treatment.cosigning import cosign, deny
from clinic_desktop.treatment.day_after import AfterFlag
from clinic_desktop.treatment.day_after_answering import answer_flag, deny_flag, sign_flag
from clinic_desktop.treatment.keeping_first import keep_first
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.not_today import NOT_TODAY, TAKE_AGAIN
from clinic_desktop.treatment.overriding import override_driver, override_first_dose
from clinic_desktop.treatment.recording import record
from clinic_desktop.treatment.request import Request, RequestKind, WaitingText
from clinic_desktop.treatment.rules import DOSE_FIRST_84, DRIVER_AT_RELEASE
from clinic_desktop.treatment.to_see import OpenIncident
from clinic_desktop.treatment.told import ToldWord
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr

Work = Callable[[], Changes]


def yes(desk: Desk, one: Request, words: str, day: date | None = None) -> Work | None:
    """What a yes does; None where it is answered elsewhere. day: from which a text is handed out."""
    about, visit, store, actor = one.about, one.visit, desk.store, desk.actor
    if isinstance(about, Stamp) and visit is not None:
        return partial(_accept, store, actor, visit.id, about, words)
    if isinstance(about, Asked):
        return partial(_allow, store, actor, about, words)
    if isinstance(about, ToldWord | AfterFlag):
        return _of_told(desk, one, about, words)
    if isinstance(about, OpenIncident):
        return partial(close_incident, store, actor, about.incident, words)
    if isinstance(about, OpenReview | WaitingText):
        return _signed(desk, about, words, day)
    clears = one.kind in (RequestKind.CLEARANCE, RequestKind.RENEWAL)
    return partial(_clear, store, actor, one, words) if clears else None


def _of_told(desk: Desk, one: Request, about: ToldWord | AfterFlag, words: str) -> Work:
    """Signing what was told; or the answer to what a check-in call brought up."""
    if isinstance(about, ToldWord):
        return partial(cosign, desk.store, desk.actor, about)
    if one.kind is RequestKind.DAY_AFTER_COSIGN:
        return partial(sign_flag, desk.store, desk.actor, about.id)
    return partial(answer_flag, desk.store, desk.actor, about.id, words)


def _denied(desk: Desk, about: ToldWord | AfterFlag | OpenIncident, words: str) -> Work:
    if isinstance(about, OpenIncident):
        return partial(keep_first, desk.store, desk.actor, about.incident, words)
    if isinstance(about, ToldWord):
        return partial(deny, desk.store, desk.actor, about, words)
    return partial(deny_flag, desk.store, desk.actor, about.id, words)


def _signed(desk: Desk, about: OpenReview | WaitingText, words: str, day: date | None) -> Work:
    if isinstance(about, WaitingText):
        return partial(_approve, desk, name_of(about), words, day)
    review = Review(patient_id=about.patient_id, modality=about.modality, words=words)
    return partial(record_review, desk.store, desk.actor, review)


def no(desk: Desk, one: Request, words: str) -> Work | None:
    """What a no does, with its words; None where there is nothing to refuse."""
    about, store, actor = one.about, desk.store, desk.actor
    if isinstance(about, Stamp) and one.visit is not None:
        return partial(_tell_room, store, actor, one.visit.id, TAKE_AGAIN, words)
    if isinstance(about, Asked):
        return partial(refuse, store, actor, about, words)
    if isinstance(about, ToldWord | AfterFlag | OpenIncident):
        return _denied(desk, about, words)
    if isinstance(about, WaitingText):
        return partial(refuse_text, store, actor, name_of(about), words)
    if one.kind is RequestKind.CONSULTATION and isinstance(about, Visit):
        return partial(decide_against, store, actor, about.id, words)
    return None


def renderer(desk: Desk) -> RenderPdf:
    if desk.render is None:
        raise EnvironmentFailure(tr("Nothing is printed from this window."))
    return desk.render


def name_of(text: WaitingText) -> TextName:
    return TextName(text.kind, text.language, text.number, text.shipped)


def _approve(desk: Desk, name: TextName, reason: str, day: date | None) -> Changes:
    """From a day on, today where none is said. Its pages are set first, to see that the longest sheet has
    room."""
    return approve(desk.store, desk.actor, name, renderer(desk), day or desk.today(), reason)


def _accept(store: ScheduleStore, actor: Actor, visit_id: int, reading: Stamp, words: str) -> Changes:
    """Of these two numbers: a reading that came meanwhile is not accepted with it."""
    numbers = reading.systolic, reading.diastolic
    stamp = Stamp(kind=StampKind.PRESSURE_ACCEPTED, systolic=numbers[0], diastolic=numbers[1], note=words)
    return record(store, actor, visit_id, [stamp]).changes


def end(desk: Desk, one: Request, words: str) -> Work | None:
    """Nothing is given today: the room reads it, and ends the visit."""
    if not may_end(one) or one.visit is None:
        return None
    return partial(_tell_room, desk.store, desk.actor, one.visit.id, NOT_TODAY, words)


def may_end(one: Request) -> bool:
    """Before the dose alone: after it nobody is sent home by a word."""
    return one.kind is RequestKind.PRESSURE and one.visit is not None and one.visit.state in UNDOSED


def _tell_room(store: ScheduleStore, actor: Actor, visit_id: int, what: str, words: str) -> Changes:
    """It is not accepted; the room reads what to do."""
    stamp = Stamp(kind=StampKind.NOTE, note=f"{what} {words}".strip())
    return record(store, actor, visit_id, [stamp]).changes


def _allow(store: ScheduleStore, actor: Actor, asked: Asked, words: str) -> Changes:
    reason = words or asked.why
    if asked.rule == DOSE_FIRST_84.code:
        return override_first_dose(store, actor, asked.visit_id, reason)
    at_release = asked.rule == DRIVER_AT_RELEASE
    return override_driver(store, actor, asked.visit_id, reason, at_release=at_release)


def _clear(store: ScheduleStore, actor: Actor, one: Request, words: str) -> Changes:
    """From the day of the consultation that is over; else from today."""
    talk = one.about if isinstance(one.about, Visit) and one.about is not one.visit else None
    number = talk.id if talk is not None and one.visit is not None and talk.id != one.visit.id else None
    decision = Decision(one.patient_id, one.modality, visit_id=number, note=words, unseen=True)
    return clear(store, actor, decision).changes
