"""The release gate as SQL, for both databases: a dosed patient is not recorded as released while something is
missing, whatever program writes.

It says in the database what :mod:`clinic_desktop.treatment.leaving` says in words. It is asked of the first
record of a release only: a correction says how it was, and is judged by an incident. A correction is one of
another release of the same visit that stands: nothing else is passed over. Instants are seconds
since 1970; ``x / 60`` is the minute on the clock, as in :mod:`clinic_desktop.treatment.moments`.
"""

from collections.abc import Iterable

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import TransportKind
from clinic_desktop.scheduling.discharge_forms import MOST_OF_AN_ITEM
from clinic_desktop.scheduling.model import DEVICE_MG
from clinic_desktop.scheduling.states import CAME_TO_NOTHING, NEVER_CAME, VisitState
from clinic_desktop.storage.guard_sql import Words, blank
from clinic_desktop.treatment.floors import SPRAVATO_MINUTES
from clinic_desktop.treatment.leaving import CHECKED_BEFORE, FORTY_FROM, FORTY_TO
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.treatment.pressure import HIGH_DIASTOLIC, HIGH_SYSTOLIC
from clinic_desktop.treatment.rules import DANGER_UNDONE, DRIVER_AT_RELEASE, EARLIER_UNANSWERED
from clinic_desktop.treatment.sedation import NOT_AWAKE
from clinic_desktop.treatment.session import GIVEN

NOT_RELEASED = "release refused"
K = StampKind


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


_GIVEN = _listed(GIVEN)
_ALONE = _listed(kind for kind in TransportKind if not kind.has_person)


def stamps_of(*kinds: StampKind, more: str = "") -> str:
    """The visit's stamps of these kinds that stand."""
    narrowed = f"AND {more} " if more else ""
    return f"""FROM stamp s WHERE s.visit_id = NEW.visit_id AND s.kind IN ({_listed(kinds)}) {narrowed}
        AND {_stands("s")}"""


def _stands(alias: str) -> str:
    """No later entry corrects it or strikes it out."""
    return f"""NOT EXISTS (SELECT 1 FROM stamp c
        WHERE c.visit_id = {alias}.visit_id AND c.corrects = {alias}.id)"""


def recorded_first() -> str:
    """A new stamp (``NEW``) that corrects none of the same visit and kind that stands, whatever it names."""
    return f"""NOT EXISTS (SELECT 1 FROM stamp o WHERE o.id = NEW.corrects
        AND o.visit_id = NEW.visit_id AND o.kind = NEW.kind AND {_stands("o")})"""


def _none(*kinds: StampKind, more: str = "") -> str:
    return f"NOT EXISTS (SELECT 1 {stamps_of(*kinds, more=more)})"


_FIRST, _LAST = "g.first_at", "g.last_at"  # of what was given
_READING = "s.systolic IS NOT NULL"
_SEEN = "v.release_from * 60 - 60"  # the planned floor, to the minute: a typed time has no seconds


def _since(words: Words) -> str:
    """From when a check counts for the release."""
    kept = words.number.format(column="k.policies", field="release_check_minutes")
    before = int(CHECKED_BEFORE.total_seconds())
    floor, lately = f"{_SEEN} - {before}", f"NEW.at - {kept} * 60"
    return f"s.at / 60 >= ({floor}) / 60 AND s.at / 60 >= ({lately}) / 60 AND s.at / 60 >= {_LAST} / 60"


def _missing(words: Words) -> list[str]:
    """Each thing that the gate asks for, as a condition under which it is missing."""
    since, first, last = _since(words), _FIRST, _LAST
    forty = f"s.at / 60 BETWEEN ({first} + {FORTY_FROM.seconds}) / 60 AND ({first} + {FORTY_TO.seconds}) / 60"
    lasts = f"{_READING} AND {since} AND s.at / 60 > {last} / 60"
    signed = f"""{_READING} AND EXISTS (SELECT 1 FROM stamp a WHERE a.visit_id = s.visit_id
        AND a.kind = '{K.PRESSURE_ACCEPTED}' AND a.systolic = s.systolic AND a.diastolic = s.diastolic
        AND a.at / 60 >= s.at / 60 AND {_stands("a")})"""
    dangerous = _reaches(words, "emergency")
    low = words.number.format(column="m.limits", field="oxygen_low")
    enough = f"(s.oxygen > {low} OR {_by_prescriber(words, 'a.oxygen = s.oxygen')})"
    last_oxygen = f"s.at / 60 = (SELECT max(s.at / 60) {stamps_of(K.VITALS, more='s.oxygen IS NOT NULL')})"
    scored = f"s.at / 60 > {first} / 60 AND s.at / 60 = (SELECT max(s.at / 60) {stamps_of(K.SEDATION)})"
    newest = f"s.at / 60 = (SELECT max(s.at / 60) {stamps_of(K.VITALS, more=_READING)})"
    return [
        f"{first} IS NULL",
        f"m.rems = {words.true} AND NEW.at < {first} + {SPRAVATO_MINUTES * 60}",
        "v.release_from IS NULL",
        f"NEW.at < {_SEEN}",
        _times_contradict(),
        _dosing_open(),
        _none(K.VITALS, more=f"{_READING} AND s.at / 60 <= {first} / 60"),
        f"""m.rems = {words.true} AND {_none(K.FORTY_MISSED, more=f"NOT {blank('s.note', words.true)}")}
            AND {_none(K.VITALS, more=f"{_READING} AND {forty}")}""",
        _none(K.VITALS, more=lasts),
        _none(K.VITALS, more=f"{signed} AND {newest}"),
        _none(K.VITALS, more=f"{_READING} AND {newest} AND NOT {dangerous}"),
        _none(K.VITALS, more=f"{_READING} AND {newest} AND {_acceptable(words)}"),
        _emergency_open(words),
        _danger_undone(),
        _none(K.VITALS, more=f"s.oxygen IS NOT NULL AND {since}"),
        _none(K.VITALS, more=f"s.oxygen IS NOT NULL AND {last_oxygen} AND {enough}"),
        f"""EXISTS (SELECT 1 {stamps_of(K.SEDATION, more=f"{scored} AND s.score <= {NOT_AWAKE}")})
            AND {_none(K.SEDATION, more=f"{scored} AND s.score > {NOT_AWAKE}")}""",
        _none(K.SETTLED, more=since),
        _none(K.WALKS, more=since),
        f"""EXISTS (SELECT 1 {stamps_of(K.INFUSION_START, K.INFUSION_STOP)})
            AND {_none(K.LINE_OUT, more=f"s.at / 60 >= {last} / 60")}""",
        f"t.sheet <> '' AND {_none(K.SHEET_HANDED, more=_counts(last))}",
        f"t.discharge_form <> '' AND {_none(K.DISCHARGE_FORM, more=f'{since} AND {_enough_points()}')}",
        _nobody_to_go_with(words),
        _by_nobody(),
    ]


def _acceptable(words: Words) -> str:
    """A prescriber accepted it; or it is usual, or lower than the one before it since the dose, and below the
    limit for telling the prescriber; or it fell twice."""
    before = _minute_before("s.at / 60")
    earlier = _minute_before(before)
    fell = _lower("s.systolic", "s.diastolic", before)
    twice = f"{fell} AND {_lower(_highest('systolic', before), _highest('diastolic', before), earlier)}"
    usual = f"(s.systolic <= {HIGH_SYSTOLIC} AND s.diastolic <= {HIGH_DIASTOLIC})"
    accepted = _by_prescriber(words, "a.systolic = s.systolic AND a.diastolic = s.diastolic")
    told = _reaches(words, "tell")
    return f"({accepted} OR (({usual} OR {fell}) AND NOT {told}) OR ({twice}))"


def _readings(alias: str) -> str:
    """The pressures of the visit of ``s`` since the first dose."""
    return f"""FROM stamp {alias} WHERE {alias}.visit_id = s.visit_id AND {alias}.kind = '{K.VITALS}'
        AND {alias}.systolic IS NOT NULL AND {alias}.at / 60 >= {_FIRST} / 60 AND {_stands(alias)}"""


def _minute_before(minute: str) -> str:
    """The last minute before ``minute`` with a pressure."""
    return f"(SELECT max(p.at / 60) {_readings('p')} AND p.at / 60 < {minute})"


def _highest(number: str, minute: str) -> str:
    """The highest of a minute: two readings within one differ by chance."""
    return f"(SELECT max(b.{number}) {_readings('b')} AND b.at / 60 = {minute})"


def _lower(systolic: str, diastolic: str, minute: str) -> str:
    """Neither number is up since ``minute``, and at least one is down. No if there is no such minute."""
    high, low = _highest("systolic", minute), _highest("diastolic", minute)
    return f"""coalesce({systolic} <= {high} AND {diastolic} <= {low}
        AND {systolic} + {diastolic} < {high} + {low}, 1 = 0)"""


def _emergency_open(words: Words) -> str:
    """A pressure at the emergency limit, from the one before the dose on, that no prescriber acknowledged:
    neither it, nor one at the limit when it was on record already."""
    between = f"""EXISTS (SELECT 1 FROM stamp b WHERE b.visit_id = s.visit_id AND b.kind = '{K.VITALS}'
        AND b.systolic IS NOT NULL AND b.id <> s.id AND b.at / 60 >= s.at / 60
        AND b.at / 60 <= {_FIRST} / 60 AND {_stands("b")})"""
    it = _by_prescriber(words, "a.systolic = s.systolic AND a.diastolic = s.diastolic")
    later = _by_prescriber(words, f"a.id > s.id AND {_reaches(words, 'emergency', 'a')}")
    return f"""EXISTS (SELECT 1 {stamps_of(K.VITALS, more=_READING)} AND {_reaches(words, "emergency")}
        AND (s.at / 60 > {_FIRST} / 60 OR NOT {between}) AND s.at / 60 <= NEW.at / 60
        AND NOT {it} AND NOT {later})"""


def _danger_undone() -> str:
    """A correction that took a danger off the record, and that no prescriber has answered for."""
    code = f'"{DANGER_UNDONE.code}"'
    return f"""EXISTS (SELECT 1 FROM incident i WHERE i.visit_id = NEW.visit_id AND i.closed_at IS NULL
        AND replace(i.codes, '{code}', '') <> i.codes)"""


def _enough_points() -> str:
    """The last form that the type asks for has nine tenths of its points. Each item is one digit, 0 to 2."""
    of_it = "s.form = t.discharge_form"
    newest = f"s.at / 60 = (SELECT max(s.at / 60) {stamps_of(K.DISCHARGE_FORM, more=of_it)})"
    zero, one, two = (f"length(replace(s.form_scores, '{n}', ''))" for n in range(MOST_OF_AN_ITEM + 1))
    whole = "length(s.form_scores)"
    got = f"({whole} - {one} + {MOST_OF_AN_ITEM} * ({whole} - {two}))"
    most = f"({MOST_OF_AN_ITEM} * (3 * {whole} - {zero} - {one} - {two}))"
    return f"{of_it} AND {newest} AND 10 * {got} >= 9 * {most}"


def _by_prescriber(words: Words, numbers: str) -> str:
    """Accepted by a prescriber, in person or in a word that was told and read back: that is the prescriber's
    where it waits for the signature, or has it."""
    told = f"""a.told_by IS NULL OR EXISTS (SELECT 1 FROM told_word d WHERE d.stamp_id = a.id
        AND d.told_by = a.told_by AND (d.agreed IS NULL OR d.agreed = {words.true}))"""
    return f"""EXISTS (SELECT 1 FROM stamp a JOIN staff w ON w.id = coalesce(a.told_by, a."by")
        WHERE a.visit_id = s.visit_id AND a.kind = '{K.PRESSURE_ACCEPTED}' AND {numbers}
        AND a.at / 60 >= s.at / 60 AND replace(w.roles, '"{Role.PRESCRIBER}"', '') <> w.roles AND ({told})
        AND {_stands("a")})"""


def _reaches(words: Words, limit: str, of: str = "s") -> str:
    systolic, diastolic = (one.format(column="m.limits", field=limit) for one in words.pair)
    return f"({of}.systolic >= {systolic} OR {of}.diastolic >= {diastolic})"


def _counts(last: str) -> str:
    """The last sheet counts, handed over since what was given last, and from then on; from the latest of what
    stood, while a correction to an earlier time waits for a prescriber."""
    newest = f"s.at / 60 = (SELECT max(s.at / 60) {stamps_of(K.SHEET_HANDED)})"
    return f"""{newest} AND s.at / 60 >= {last} / 60
        AND s.counts_from / 60 = coalesce({_held(last)}, {last} / 60)"""


def _held(last: str) -> str:
    """The minute of the latest dose or end after ``last`` that stood before an entry which waits: as
    :func:`clinic_desktop.treatment.earlier.held_sessions` has it, before each step ``d`` to that entry ``c``
    since the one marked before it. While an infusion ran, nothing was over."""
    since = f"""coalesce((SELECT max(m.id) FROM stamp m
        WHERE m.visit_id = c.visit_id AND m.id < c.id AND {_marked("m")}), 0)"""
    step = f"(d.id < c.id AND d.id > {since} AND (d.corrects IS NOT NULL OR d.kind IN ({_GIVEN})))"
    run = _listed((K.INFUSION_START, K.INFUSION_STOP))
    return f"""(SELECT max(b.at / 60) FROM incident i JOIN stamp c ON c.id = i.stamp_id
        JOIN stamp d ON d.visit_id = c.visit_id AND (d.id = c.id OR {step})
        JOIN stamp b ON b.visit_id = c.visit_id AND b.kind IN ({_GIVEN}) AND {_stood("b")}
        WHERE i.visit_id = NEW.visit_id AND i.closed_at IS NULL AND {_marked("c")} AND b.at / 60 > {last} / 60
            AND coalesce((SELECT r.kind FROM stamp r WHERE r.visit_id = c.visit_id AND r.kind IN ({run})
                AND {_stood("r")} {_latest("r")}), '') <> '{K.INFUSION_START}')"""


def _marked(alias: str) -> str:
    code = f'"{EARLIER_UNANSWERED.code}"'
    return f"replace({alias}.deviations, '{code}', '') <> {alias}.deviations"


def _stood(alias: str) -> str:
    """It was on record before the entry ``d``, and stood."""
    return f"""{alias}.id < d.id AND NOT EXISTS (SELECT 1 FROM stamp x
        WHERE x.visit_id = {alias}.visit_id AND x.corrects = {alias}.id AND x.id < d.id)"""


def _times_contradict() -> str:
    """Something before what must have come before it; what is not on record contradicts nothing."""
    arrived, in_room, begun, start, stop = (
        f"(SELECT min(s.at / 60) {stamps_of(*kinds)})"
        for kinds in (
            (K.ARRIVED,), (K.IN_ROOM, K.MOVED_ROOM), (K.DOSE, K.INFUSION_START), (K.INFUSION_START,),
            (K.INFUSION_STOP,),
        )
    )  # fmt: skip
    given = f"{_FIRST} / 60"
    pairs = (
        (arrived, in_room), (arrived, given), (in_room, given), (arrived, stop), (in_room, stop),
        (begun, stop), (start, stop),
    )  # fmt: skip
    return " OR ".join(f"{later} < {earlier}" for earlier, later in pairs)


def _dosing_open() -> str:
    """An infusion runs, or devices of the planned dose are left and nobody said that dosing ended."""
    order = _latest("s")
    last_kind = f"(SELECT s.kind {stamps_of(*GIVEN)} {order})"
    runs = f"(SELECT s.kind {stamps_of(K.INFUSION_START, K.INFUSION_STOP)} {order}) = '{K.INFUSION_START}'"
    planned = f"(SELECT count(*) {stamps_of(K.DOSE)}) * {DEVICE_MG} < coalesce(t.dose_mg, 0)"
    ended = _none(K.DOSING_ENDED, more=f"s.at / 60 >= {_LAST} / 60")
    return f"{runs} OR ({last_kind} = '{K.DOSE}' AND {planned} AND {ended})"


def _latest(alias: str) -> str:
    """The one that happened last. Within a minute as they were first recorded: a correction, and one of that,
    keep their place."""
    before = f"(SELECT b.corrects FROM stamp b WHERE b.id = {alias}.corrects)"
    first = f"coalesce({before}, {alias}.corrects, {alias}.id)"
    return f"ORDER BY {alias}.at / 60 DESC, {first} DESC LIMIT 1"


def _nobody_to_go_with(words: Words) -> str:
    named = f"NOT {blank('s.person', words.true)}"
    seen = _none(K.DRIVER_SEEN, more=f"s.at / 60 >= {_LAST} / 60 AND {named}")
    return f"""EXISTS (SELECT 1 FROM profile p WHERE p.id = t.profile_id AND p.required = {words.true}
            AND NOT coalesce(v.plan_kind IN ({_ALONE})
                AND replace(p.accepts, '"' || v.plan_kind || '"', '') <> p.accepts
                AND NEW.at >= {_LAST} + p.min_stay_alone * 60, {words.true} <> {words.true}))
        AND {seen}
        AND NOT EXISTS (SELECT 1 FROM rule_override o WHERE o.visit_id = v.id
            AND o.rule = '{DRIVER_AT_RELEASE}' AND o.deviation <> {words.true}
            AND o.day = v.day AND o.minute = v.minute)"""


def _by_nobody() -> str:
    """Neither a nurse nor a prescriber signs it."""
    roles = " AND ".join(
        f"""replace(w.roles, '"{one}"', '') = w.roles""" for one in (Role.NURSE, Role.PRESCRIBER)
    )
    return f"""EXISTS (SELECT 1 FROM staff w WHERE w.id = NEW."by" AND {roles})"""


def release_lacks(words: Words) -> str:
    """A new release (``NEW`` a stamp) that lacks something of the gate."""
    lacks = " OR ".join(f"({one})" for one in _missing(words))
    return " ".join(
        f"""NEW.kind = '{K.RELEASED}' AND {recorded_first()} AND EXISTS (
            SELECT 1 FROM visit v JOIN visit_type t ON t.id = v.type_id
                LEFT JOIN modality m ON m.code = t.modality JOIN clinic k ON k.id = 1
                CROSS JOIN (SELECT min(s.at) AS first_at, max(s.at) AS last_at {stamps_of(*GIVEN)}) g
            WHERE v.id = NEW.visit_id AND ({lacks}))""".split()
    )


def gone_unreleased(visit: str) -> str:
    """A visit (``NEW`` in a trigger, a table's name in a query) that says "left" of somebody dosed whom no
    release on record let go; or that says of somebody dosed that they never came, or that they were not
    treated where no stamp says so: no screen would show them any more."""
    standing = f"""FROM stamp s WHERE s.visit_id = {visit}.id AND s.kind IN ({{}})
        AND NOT EXISTS (SELECT 1 FROM stamp c WHERE c.visit_id = s.visit_id AND c.corrects = s.id)"""
    without = " OR ".join(
        f"{visit}.state = '{state}' AND NOT EXISTS (SELECT 1 {standing.format(_listed([kind]))})"
        for state, kind in ((VisitState.LEFT, K.RELEASED), (VisitState.NOT_TREATED, K.NOT_TREATED))
    )
    said = sorted({VisitState.LEFT, *CAME_TO_NOTHING})
    return " ".join(
        f"""{visit}.state IN ({_listed(said)}) AND EXISTS (SELECT 1 {standing.format(_GIVEN)})
        AND ({visit}.state IN ({_listed(sorted(NEVER_CAME))}) OR {without})""".split()
    )
