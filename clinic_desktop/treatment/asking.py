"""What is asked of the patient on the day, and what speaks against a first dose by the answers. Pure, but for
the answers of the last time.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from clinic_desktop.foundation.rulebook import Finding, Problems, Rule, Word
from clinic_desktop.people.model import ScreeningItem, Sex
from clinic_desktop.scheduling.asks import (
    CONSENT,
    FOOD,
    LIQUID,
    MEDICINES,
    NAMES,
    OXIMETER,
    PREGNANCY,
    SINCE,
    SPRAY,
    Ask,
)
from clinic_desktop.scheduling.model import Visit, VisitType
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.treatment import asking_rules as rules
from clinic_desktop.treatment.answers import Answer
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.how_much import GIVES
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moments import after, by
from clinic_desktop.treatment.not_today import not_today
from clinic_desktop.treatment.session import Session, standing, when

SAME = (PREGNANCY, *MEDICINES)  # what may be so as last time; a meal never is
_SPRAVATO: dict[str, Rule] = {FOOD: rules.DOSE_FOOD, LIQUID: rules.DOSE_LIQUID, SPRAY: rules.DOSE_SPRAY}
_SEEN = (OXIMETER, CONSENT)  # recorded otherwise too: by an oxygen, and by the stamp of the consent


def asks_for(visit_type: VisitType, code: str) -> bool:
    return any(one.code == code for one in visit_type.asks)


def asked_of(care: Care) -> list[Ask]:
    """What this patient is asked, in order."""
    spared = {PREGNANCY} if care.patient.sex is Sex.MALE else set()
    asks = [one for one in care.type.asks if one.code not in spared]
    return sorted(asks, key=lambda one: list(NAMES).index(one.code))


def answers_of(session: Session) -> dict[str, Answer]:
    """The last answer to each thing."""
    return {one.item: one for stamp in session.all_of(StampKind.ANSWERED) for one in stamp.answers}


def unasked(care: Care) -> list[str]:
    """What nobody has answered yet, the consent apart."""
    known = set(answers_of(care.session)) | ({OXIMETER} if _oximeter(care.session) is not None else set())
    return [one.code for one in asked_of(care) if one.code not in known and one.code != CONSENT]


def named(codes: Iterable[str]) -> tuple[Word, ...]:
    return tuple(Word(NAMES[one]) for one in codes)


def against_answers(care: Care, dose: Stamp) -> list[Finding]:
    """What a first dose is given in spite of only with a reason."""
    if care.session.dosed or dose.corrects is not None or dose.kind not in GIVES:
        return []
    return list(_soft(care))


def _soft(care: Care) -> Iterator[Finding]:
    answers = answers_of(care.session)
    if said := not_today(care):
        who = next((one.name for one in care.setup.staff if one.id == said.by), "")
        yield care.says(rules.DOSE_NOT_TODAY, who=who, at=care.shown(when(said)))
    if missing := unasked(care):
        yield care.says(rules.DOSE_NOT_ASKED, items=named(missing))
    for ask in asked_of(care):
        answer = answers.get(ask.code)
        if answer is not None and answer.since is not None:
            yield from _too_soon(care, ask, answer.since)
    pregnancy = answers.get(PREGNANCY)
    asked = {one.code for one in asked_of(care)}
    if pregnancy is not None and pregnancy.present is not False and PREGNANCY in asked:
        yield care.says(rules.DOSE_PREGNANT if pregnancy.present else rules.DOSE_PREGNANCY)
    if taken := _taken(care, answers):
        yield care.says(rules.DOSE_LISTED, items=named(taken))


def _too_soon(care: Care, ask: Ask, since: datetime) -> Iterator[Finding]:
    free = since + timedelta(minutes=ask.minutes)
    if by(free, care.at):
        return
    rule = _SPRAVATO[ask.code] if care.rems or ask.code == SPRAY else rules.DOSE_FASTING
    least, what = _length(ask.minutes), Word(NAMES[ask.code])
    yield care.says(rule, what=what, since=care.shown(since), least=least, time=care.shown(free))


def _length(minutes: int) -> str:
    return f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min"


def _taken(care: Care, answers: dict[str, Answer]) -> list[str]:
    asked = {one.code for one in asked_of(care)}
    given = (answers.get(code) for code in MEDICINES if code in asked)
    return [one.item for one in given if one is not None and one.present is not False]


def without_oximeter(care: Care) -> list[Finding]:
    """Somebody said that there is none. An oxygen that was measured since shows that there is."""
    if not asks_for(care.type, OXIMETER) or _oximeter(care.session) is not False:
        return []
    return [care.says(rules.DOSE_OXIMETER)]


def _oximeter(session: Session) -> bool | None:
    here: bool | None = None
    for stamp in session.all_of(StampKind.ANSWERED, StampKind.VITALS):
        said = [one.present for one in stamp.answers if one.item == OXIMETER]
        here = said[-1] if said else True if stamp.oxygen is not None else here
    return here


def answer_slips(care: Care, stamp: Stamp) -> Problems:
    """Nothing answered, something that is not asked anywhere, or a meal that is still to come."""
    if stamp.kind is not StampKind.ANSWERED:
        return {}
    if not stamp.answers or any(one.item not in NAMES for one in stamp.answers):
        return {"answers": Finding(rules.ANSWERS)}
    if any(one.item in SINCE and one.present and one.since is None for one in stamp.answers):
        return {"answers": Finding(rules.ANSWERS)}
    late = [one.item for one in stamp.answers if one.since is not None and after(one.since, care.at)]
    return {"answers": Finding(rules.ANSWER_TO_COME, {"what": named(late)})} if late else {}


def medicines_said(session: Session) -> tuple[ScreeningItem, ...]:
    """The day's medicines as the REMS form asks for them."""
    answers = answers_of(session)
    return tuple(ScreeningItem(code, answers[code].present) for code in MEDICINES if code in answers)


def answers_last_time(records: ScheduleRecords, visits: Sequence[Visit]) -> dict[int, tuple[Answer, ...]]:
    """Visit -> what its patient said the last time, of what may still be so."""
    if not visits:
        return {}
    patients = sorted({one.patient_id for one in visits})
    earlier = {one.id: one for one in records.find(Visit, patient_id=patients)}
    said = records.find(Stamp, visit_id=sorted(earlier), kind=[StampKind.ANSWERED, StampKind.STRUCK])
    by_visit: dict[int, list[Stamp]] = {}
    for stamp in said:
        by_visit.setdefault(stamp.visit_id, []).append(stamp)
    return {one.id: _last_before(one, earlier, by_visit) for one in visits}


def _last_before(visit: Visit, earlier: dict[int, Visit], said: dict[int, list[Stamp]]) -> tuple[Answer, ...]:
    theirs = [
        stamps
        for number, stamps in said.items()
        if earlier[number].patient_id == visit.patient_id and earlier[number].start < visit.start
    ]
    if not theirs:
        return ()
    last = max(theirs, key=lambda stamps: max(when(one) for one in stamps))
    answers = answers_of(standing(last))
    return tuple(answers[code] for code in SAME if code in answers)
