"""The lines of the floor's two lists: which rules each stands for, and what it says when done or missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from clinic_desktop.foundation.rulebook import Rule
from clinic_desktop.people.instruments import named
from clinic_desktop.scheduling import asks
from clinic_desktop.scheduling.certification import DOSE_CERTIFIED, DOSE_CERTIFIED_FROM
from clinic_desktop.scheduling.course_rules import LAPSE
from clinic_desktop.scheduling.way_home import gaps
from clinic_desktop.treatment import asking_rules as a
from clinic_desktop.treatment import discharge_rules as d
from clinic_desktop.treatment import rules as r
from clinic_desktop.treatment import vital_rules as v
from clinic_desktop.treatment.acknowledging import waits_for_prescriber
from clinic_desktop.treatment.asking import answers_of, asked_of, asks_for, unasked
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.contradicting import contradictions
from clinic_desktop.treatment.course_rules import DOSE_REVIEW, DOSE_SCORE, ITEM_NINE_OPEN
from clinic_desktop.treatment.dosing import old_pressure
from clinic_desktop.treatment.driver_rules import MUST_STAY
from clinic_desktop.treatment.due import FORTY
from clinic_desktop.treatment.leaving import earliest_release
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.oxygen import low_oxygen
from clinic_desktop.treatment.pressure import is_high, words_of
from clinic_desktop.treatment.sedation import last_score
from clinic_desktop.treatment.session import dosing_is_over
from clinic_desktop.ui.decisions.commands import KEY as TO_DECISIONS
from clinic_desktop.ui.floor.commands import END, LOG, NAME_DRIVER, PATIENT, SCORES, SHEET
from clinic_desktop.ui.floor.typed_asked import asked_words
from clinic_desktop.ui.floor.typed_forms import form_words
from clinic_desktop.ui.floor.words import at_clock, unbroken
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.messages.watch import KEY as TO_MESSAGES
from clinic_desktop.ui.scores.words import score_words

K = StampKind
Words = Callable[[Care], str]


def _nothing(_care: Care) -> str:
    return ""


def _always(_care: Care) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class CheckLine:
    """An item and the rules that speak against it. ``done`` words what was recorded, ``missing`` what is
    known meanwhile. key: where it is not the letter of ``kind``. quiet: only shown while it is missing.
    known: whether it can be said yet; until then it is missing, though no rule speaks of it."""

    text: str
    codes: tuple[str, ...]
    kind: StampKind | None = None
    done: Words = _nothing
    missing: Words = _nothing
    key: str = ""
    applies: Callable[[Care], bool] = _always
    quiet: bool = False
    known: Callable[[Care], bool] = _always


def _time(at: datetime | None, care: Care) -> str:
    return at_clock(at, care.visit.zone) if at else ""


def _stamped(kind: StampKind) -> Words:
    """Who and when, of the last stamp of a kind."""

    def words(care: Care) -> str:
        found = care.session.last(kind)
        parts = (found.person, _time(found.at, care)) if found else ()
        return ", ".join(part for part in parts if part)

    return words


def _reading(reading: Stamp | None, care: Care) -> str:
    if reading is None:
        return ""
    return tr("{pressure} at {time}").format(pressure=words_of(reading), time=_time(reading.at, care))


def _low(care: Care) -> str:
    """The oxygen that is too low."""
    found = low_oxygen(care)
    if found is None or found.oxygen is None:
        return ""
    return tr("{oxygen} at {time}").format(oxygen=found.oxygen, time=_time(found.at, care))


def _sedation(care: Care) -> str:
    """The score that says somebody is not awake."""
    last = last_score(care, K.SEDATION)
    return tr("{score} at {time}").format(score=last.score, time=_time(last.at, care)) if last else ""


def _waiting(care: Care) -> str:
    """The pressure that a prescriber is to acknowledge, or the one that is too old to dose by."""
    waits, old = waits_for_prescriber(care), old_pressure(care)
    if waits is None and old is not None:
        return tr("{words}, too old").format(words=_reading(old, care))
    return _reading(waits, care)


def _acknowledged(care: Care) -> str:
    reading = care.session.pressure_before
    words = _reading(reading, care)
    high = reading is not None and is_high(reading)
    return tr("{words}, acknowledged").format(words=words) if high else words


def _last_pressure(care: Care) -> str:
    readings = care.session.pressures_after
    return _reading(readings[-1] if readings else None, care)


def _signed(care: Care) -> str:
    return tr("{words}, signed").format(words=_last_pressure(care))


def _forty_done(care: Care) -> str:
    excuse = care.session.last(K.FORTY_MISSED)
    return tr("missed: {why}").format(why=excuse.note) if excuse else ""


def _forty_due(care: Care) -> str:
    first = care.session.first_dose_at
    return tr("due {time}").format(time=_time(first + FORTY, care)) if first else ""


def _since(care: Care) -> str:
    floor = earliest_release(care)
    return tr("since {time}").format(time=care.clock(floor.at)) if floor else ""


def _not_before(care: Care) -> str:
    floor = earliest_release(care)
    if floor is None:
        return tr("known when the infusion has ended")
    if not dosing_is_over(care.session, care.type):
        return tr("not before {time}, later with another dose").format(time=care.clock(floor.at))
    return tr("not before {time}").format(time=care.clock(floor.at))


def _contradict(care: Care) -> str:
    """The times that are before what must have come before them."""
    words = tr("{early} before {late}")
    pairs = contradictions(care.session)
    return ", ".join(words.format(early=_time(one.at, care), late=_time(two.at, care)) for one, two in pairs)


def _has_floor(care: Care) -> bool:
    return earliest_release(care) is not None and dosing_is_over(care.session, care.type)


def _named(care: Care) -> str:
    plan = care.visit.plan
    return ", ".join(part for part in (plan.name, unbroken(plan.phone)) if part) if plan else ""


def _driver_named(care: Care) -> str:
    if care.went_over(r.DRIVER_AT_DOSING):
        return tr("a prescriber allowed it")
    named, said = _named(care), care.visit.plan_confirmed_at or care.session.last(K.DRIVER_SEEN)
    return named if said or not named else tr("{driver}, to be confirmed").format(driver=named)


def _driver_lacks(care: Care) -> str:
    return ", ".join(gaps(care.visit.plan, care.setup.profile_of(care.type)))


def _driver_here(care: Care) -> str:
    if care.went_over(r.DRIVER_AT_RELEASE):
        return tr("a prescriber allowed it")
    return _stamped(K.DRIVER_SEEN)(care)


def _asks_for_driver(care: Care) -> bool:
    profile = care.setup.profile_of(care.type)
    return profile is not None and profile.required


def _allergies(care: Care) -> str:
    return care.patient.allergies.strip() or tr("on the check list")


def _not_asked(_care: Care) -> str:
    return tr("not asked yet")


def _asks_for_scores(care: Care) -> bool:
    return bool(care.type.scores)


def _scored(care: Care) -> str:
    return ", ".join(score_words(one) for one in care.course.scores)


def _unscored(care: Care) -> str:
    return ", ".join(named(care.course.missing(care.type)))


def _rems(care: Care) -> bool:
    return care.rems


def _infused(care: Care) -> bool:
    return care.session.last(K.INFUSION_START, K.INFUSION_STOP) is not None


def _form(care: Care) -> str:
    found = care.session.last(K.DISCHARGE_FORM)
    return ", ".join((form_words(found), _time(found.at, care))) if found else ""


def _asks_form(care: Care) -> bool:
    return bool(care.type.discharge_form)


def _has_sheet(care: Care) -> bool:
    return bool(care.type.sheet)


def _dosing_open(care: Care) -> bool:
    return not dosing_is_over(care.session, care.type)


def _asks_consent(care: Care) -> bool:
    return asks_for(care.type, asks.CONSENT)


def _asked(text: str, items: Sequence[str], *rules: Rule) -> CheckLine:
    """What the patient is asked of some things, as far as the type asks for them."""

    def answers(care: Care) -> str:
        known = answers_of(care.session)
        return asked_words([known[one] for one in items if one in known], care.visit.zone, care.visit.day)

    def lacking(care: Care) -> list[str]:
        return [one for one in unasked(care) if one in items]

    def missing(care: Care) -> str:
        left = ", ".join(tr(asks.NAMES[one]) for one in lacking(care))
        words = tr("not asked: {items}").format(items=left) if left and answers(care) else ""
        return "; ".join(part for part in (answers(care), words) if part) or tr("not asked yet")

    return CheckLine(
        text,
        tuple(one.code for one in rules),
        K.ANSWERED,
        answers,
        missing,
        applies=lambda care: any(one.code in items for one in asked_of(care)),
        known=lambda care: not lacking(care),
    )


_ITEM_NINE = CheckLine(QT_TR_NOOP("PHQ-9, item 9"), (ITEM_NINE_OPEN.code,), key=TO_MESSAGES, quiet=True)

BEFORE_DOSE: tuple[CheckLine, ...] = (
    CheckLine(QT_TR_NOOP("Room free"), (r.ROOM_OCCUPIED.code,), quiet=True),
    CheckLine(
        QT_TR_NOOP("Consent seen"),
        (r.DOSE_CONSENT.code,),
        K.CONSENT,
        _stamped(K.CONSENT),
        applies=_asks_consent,
    ),
    _asked(
        QT_TR_NOOP("Food and drink"), (asks.FOOD, asks.LIQUID), a.DOSE_FOOD, a.DOSE_LIQUID, a.DOSE_FASTING
    ),
    _asked(QT_TR_NOOP("Nasal spray"), (asks.SPRAY,), a.DOSE_SPRAY),
    _asked(QT_TR_NOOP("Pregnancy"), (asks.PREGNANCY,), a.DOSE_PREGNANCY, a.DOSE_PREGNANT),
    _asked(QT_TR_NOOP("Medicines today"), asks.MEDICINES, a.DOSE_LISTED),
    _asked(QT_TR_NOOP("Oximeter here"), (asks.OXIMETER,), a.DOSE_OXIMETER),
    CheckLine(
        QT_TR_NOOP("Pressure"),
        (r.DOSE_PRESSURE.code, r.DOSE_PRESSURE_HIGH.code, v.DOSE_PRESSURE_OLD.code),
        K.VITALS,
        _acknowledged,
        _waiting,
    ),
    CheckLine(QT_TR_NOOP("Treated today"), (a.DOSE_NOT_TODAY.code,), key=END.key, quiet=True),
    CheckLine(QT_TR_NOOP("Oxygen"), (v.DOSE_OXYGEN_LOW.code,), K.VITALS, missing=_low, quiet=True),
    CheckLine(QT_TR_NOOP("Pressure limits"), (r.DOSE_LIMITS.code,), quiet=True),
    CheckLine(
        QT_TR_NOOP("Driver"),
        (r.DOSE_DRIVER.code,),
        None,
        _driver_named,
        _driver_lacks,
        NAME_DRIVER.key,
        _asks_for_driver,
    ),
    CheckLine(QT_TR_NOOP("The driver stays in the house"), (MUST_STAY.code,), K.DRIVER_SEEN, quiet=True),
    CheckLine(
        QT_TR_NOOP("Cleared and checked"),
        (
            r.DOSE_NOT_CLEARED.code,
            r.DOSE_SCREENING.code,
            r.DOSE_AGE.code,
            r.DOSE_INDICATION.code,
            r.DOSE_DIED.code,
        ),
        key=PATIENT.key,
    ),
    CheckLine(
        QT_TR_NOOP("Allergies"),
        (r.DOSE_ALLERGIES.code,),
        done=_allergies,
        missing=_not_asked,
        key=PATIENT.key,
    ),
    CheckLine(QT_TR_NOOP("Enrolled"), (r.DOSE_ENROLMENT.code,), key=PATIENT.key, applies=_rems),
    CheckLine(QT_TR_NOOP("Clinic certified"), (DOSE_CERTIFIED.code, DOSE_CERTIFIED_FROM.code), quiet=True),
    CheckLine(QT_TR_NOOP("Order"), (r.DOSE_ORDER.code,), key=PATIENT.key, quiet=True),
    _ITEM_NINE,
    CheckLine(
        QT_TR_NOOP("Scores"),
        (DOSE_SCORE.code,),
        done=_scored,
        missing=_unscored,
        key=SCORES.key,
        applies=_asks_for_scores,
    ),
    CheckLine(QT_TR_NOOP("Long pause"), (LAPSE.code,), key=PATIENT.key, quiet=True),
    CheckLine(QT_TR_NOOP("Review"), (DOSE_REVIEW.code,), key=TO_DECISIONS, quiet=True),
    CheckLine(QT_TR_NOOP("Prescriber on site"), (r.DOSE_COVER.code,), applies=_rems),
    CheckLine(QT_TR_NOOP("Clinician on site"), (r.DOSE_COVER_CLINICIAN.code,), quiet=True),
    CheckLine(QT_TR_NOOP("Staff in the house"), (r.DOSE_STAFF.code,), quiet=True),
)

BEFORE_RELEASE: tuple[CheckLine, ...] = (
    _ITEM_NINE,
    CheckLine(
        QT_TR_NOOP("Times that contradict"),
        (r.TIMES_CONTRADICT.code,),
        missing=_contradict,
        key=LOG.key,
        quiet=True,
    ),
    CheckLine(QT_TR_NOOP("Dosing ended"), (r.DOSING_OPEN.code,), K.DOSING_ENDED, applies=_dosing_open),
    CheckLine(
        QT_TR_NOOP("Time"),
        (r.FLOOR.code, r.FLOOR_IV.code, r.EARLIER_UNANSWERED.code),
        None,
        _since,
        _not_before,
        known=_has_floor,
    ),
    CheckLine(QT_TR_NOOP("Pressure before the dose"), (r.PRESSURE_BEFORE.code,), K.VITALS, quiet=True),
    CheckLine(
        QT_TR_NOOP("40-minute pressure"),
        (r.PRESSURE_FORTY.code,),
        K.VITALS,
        _forty_done,
        _forty_due,
        applies=_rems,
    ),
    CheckLine(
        QT_TR_NOOP("Danger corrected"),
        (r.DANGER_UNDONE.code,),
        missing=lambda _care: tr("a prescriber answers it"),
        quiet=True,
    ),
    CheckLine(
        QT_TR_NOOP("Emergency pressure"),
        (r.PRESSURE_UNACKNOWLEDGED.code,),
        K.PRESSURE_ACCEPTED,
        missing=_waiting,
        quiet=True,
    ),
    CheckLine(
        QT_TR_NOOP("Last pressure"),
        (
            r.PRESSURE_LAST.code,
            r.PRESSURE_EMERGENCY.code,
            v.RELEASE_PRESSURE_TELL.code,
            r.PRESSURE_NOT_FALLING.code,
            r.PRESSURE_UNSIGNED.code,
        ),
        K.VITALS,
        _signed,
        _last_pressure,
    ),
    CheckLine(
        QT_TR_NOOP("Oxygen"), (r.OXYGEN.code, v.RELEASE_OXYGEN_LOW.code), K.VITALS, missing=_low, quiet=True
    ),
    CheckLine(QT_TR_NOOP("Awake"), (v.RELEASE_SEDATED.code,), K.SEDATION, missing=_sedation, quiet=True),
    CheckLine(QT_TR_NOOP("Settled"), (r.SETTLED.code,), K.SETTLED, _stamped(K.SETTLED)),
    CheckLine(QT_TR_NOOP("Walks steadily"), (r.WALKS.code,), K.WALKS, _stamped(K.WALKS)),
    CheckLine(
        QT_TR_NOOP("Discharge form"),
        (d.FORM_MISSING.code, d.FORM_LOW.code, d.FORM_LOW_SAID.code),
        K.DISCHARGE_FORM,
        _form,
        applies=_asks_form,
    ),
    CheckLine(QT_TR_NOOP("Line out"), (r.LINE.code,), K.LINE_OUT, _stamped(K.LINE_OUT), applies=_infused),
    CheckLine(
        QT_TR_NOOP("Sheet"),
        (r.SHEET.code, r.SHEET_UNTRUE.code),
        K.SHEET_HANDED,
        _stamped(K.SHEET_HANDED),
        key=SHEET.key,
        applies=_has_sheet,
    ),
    CheckLine(
        QT_TR_NOOP("Driver here"),
        (r.DRIVER_HERE.code, r.STAY_ALONE.code),
        K.DRIVER_SEEN,
        _driver_here,
        _named,
        applies=_asks_for_driver,
    ),
)
