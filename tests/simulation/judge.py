"""A judge of a simulated month who knows none of the program's rules. It reads the rows of the file with
plain SQL and holds the reference (sections 10.1 and 2.3) against them, as somebody with a print would.

Every complaint is a sentence; a month is good when there is none.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from tests.simulation.alarms import wrong_alarms
from tests.simulation.world import Month

Row = sqlite3.Row
MINUTE = 60  # moments are seconds since 1970, but those of a visit row, which are minutes
GIVEN = ("dose", "infusion started")
ENDS = ("released", "left", "arrived, not treated", "left before release", "transferred")
PLACE_FACTOR, SHARED_FROM = 10_000_000_000, 5  # claims from kind 5 on are shared on purpose, with a trace


def complaints(month: Month) -> list[str]:
    """Everything that is wrong with what was kept of a month."""
    rows = sqlite3.connect(month.path)
    rows.row_factory = sqlite3.Row
    try:
        return [*_lost(rows, month), *_permissions(rows), *_two_in_a_room(rows), *_alarms(rows, month)]
    finally:
        rows.close()


# Facts.


def _lost(rows: sqlite3.Connection, month: Month) -> Iterator[str]:
    """Everything that was said is there once, and nothing else is."""
    kept = Counter(
        (*one[:-1], _answers(one))
        for one in rows.execute(
            'SELECT visit_id, kind, at, "by", systolic, diastolic, person, note, lot, reason, recorded_at, '
            "answers FROM stamp"
        )
    )
    sent = Counter(_as_kept(month))
    found = Counter(_without_filled(one) for one in kept.elements())
    for one, times in (sent - found).items():
        yield f"lost {times} times: {one}"
    for one, times in (found - sent).items():
        yield f"kept {times} times and never said: {one}"
    away = rows.execute("SELECT id, state FROM visit WHERE state IN ('cancelled', 'missed')")
    ended = dict(away.fetchall())
    if ended != month.ended:
        yield f"visits that did not take place: {ended} instead of {month.ended}"
    calls = [_seconds(one) for one in month.calls]
    if [one[0] for one in rows.execute("SELECT at FROM help_call ORDER BY id")] != calls:
        yield f"calls for help: not those that were sent, {len(calls)}"
    said = [
        (one.kind, one.visit_id, one.help_id, _seconds(one.since), _seconds(one.at)) for one in month.answers
    ]
    query = "SELECT kind, visit_id, help_id, since, at FROM alarm_answer ORDER BY id"
    if [tuple(one) for one in rows.execute(query)] != said:
        yield f"answers to alarms: not those that were sent, {len(said)}"


Answers = tuple[tuple[str, bool | None, int | None], ...]


def _answers(row: Row) -> Answers:
    """What was answered: yes, no or not known, and since when."""
    return tuple(
        (
            one["item"],
            one["present"],
            _seconds(datetime.fromisoformat(one["since"])) if one["since"] else None,
        )
        for one in json.loads(row["answers"])
    )


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _as_kept(month: Month) -> Iterator[tuple[object, ...]]:
    for one in month.sent:
        numbers = (one.systolic, one.diastolic) if one.kind == "vitals" else (None, None)
        words = one.person, one.note, one.lot, one.reason
        answers = tuple((it, present, since and _seconds(since)) for it, present, since in one.answers)
        moments = _seconds(one.at), one.by
        yield one.visit_id, one.kind, *moments, *numbers, *words, _seconds(one.said), answers


def _without_filled(one: tuple[object, ...]) -> tuple[object, ...]:
    """An acceptance is filled with the numbers that it is about, and a release with whoever takes the patient
    over; they were sent without."""
    person = "" if one[1] == "released" else one[6]
    return one if one[1] == "vitals" else (*one[:4], None, None, person, *one[7:])


# Permissions.


@dataclass
class Stay:
    """One visit's entries in the order of their moments."""

    visit: Row
    stamps: list[Row] = field(default_factory=list)

    def all(self, *kinds: str, until: int | None = None) -> list[Row]:
        return [one for one in self.stamps if one["kind"] in kinds and (until is None or one["at"] <= until)]

    @property
    def name(self) -> str:
        return f"visit {self.visit['id']}"


def stays(rows: sqlite3.Connection) -> list[Stay]:
    visits = rows.execute(
        "SELECT visit.*, visit_type.modality, visit_type.code, visit_type.dose_mg FROM visit "
        "JOIN visit_type ON visit_type.id = visit.type_id"
    )
    out = {one["id"]: Stay(one) for one in visits}
    for one in rows.execute("SELECT * FROM stamp ORDER BY at, id"):
        out[one["visit_id"]].stamps.append(one)
    return [one for one in out.values() if one.stamps]


def _permissions(rows: sqlite3.Connection) -> Iterator[str]:
    prescribers = {one["id"] for one in rows.execute("SELECT * FROM staff WHERE roles LIKE '%prescriber%'")}
    incidents = {one["stamp_id"] for one in rows.execute("SELECT stamp_id FROM incident")}
    cleared = {tuple(one) for one in rows.execute("SELECT patient_id, modality FROM clearance")}
    screened = {
        one[0] for one in rows.execute("SELECT patient_id FROM screening WHERE reviewed_by IS NOT NULL")
    }
    men = {one[0] for one in rows.execute("SELECT id FROM patient WHERE sex = 'male'")}
    enrolled = {one[0] for one in rows.execute("SELECT id FROM patient WHERE rems_enrolled_on IS NOT NULL")}
    for stay in stays(rows):
        for stamp in stay.stamps:
            if json.loads(stamp["deviations"] or "[]") and stamp["id"] not in incidents:
                yield f"{stay.name}: {stamp['kind']} went past a rule and is no incident"
        if stay.all(*GIVEN):
            person = stay.visit["patient_id"]
            if (person, stay.visit["modality"]) not in cleared or person not in screened:
                yield f"{stay.name}: dosed without clearance or check list (H1, H2)"
            if stay.visit["modality"] == "spravato" and person not in enrolled:
                yield f"{stay.name}: dosed without enrolment (H2)"
            if not stay.visit["plan_name"] or not stay.visit["plan_phone"]:
                yield f"{stay.name}: dosed without a driver (H7)"
        yield from (f"{stay.name}: {one}" for one in _doses(stay, prescribers))
        yield from (f"{stay.name}: {one}" for one in _asked(stay, man=stay.visit["patient_id"] in men))
        yield from (f"{stay.name}: {one}" for one in _release(stay, prescribers))


def _doses(stay: Stay, prescribers: set[int]) -> Iterator[str]:
    given = stay.all(*GIVEN)
    if not given:
        return
    first = given[0]
    before = [one for one in stay.all("vitals", until=first["at"]) if one["systolic"]]
    if not before:
        yield "dosed without a pressure (H5)"
    for number, one in enumerate(before):
        high = one["systolic"] > 140 or one["diastolic"] > 90
        again = [it for it in before[number + 1 :] if it["at"] - one["at"] >= 9 * MINUTE and not _high(it)]
        if high and not again and not _accepted(stay, one, prescribers, first["at"]):
            yield "dosed on a high pressure that no prescriber accepted (S1)"
    low = before and before[-1]["oxygen"] is not None and before[-1]["oxygen"] <= 92
    if low and not _accepted(stay, before[-1], prescribers, first["at"]):
        yield "dosed on a low oxygen"
    devices = stay.all("dose")
    if len(devices) > (stay.visit["dose_mg"] or 0) // 28 and stay.visit["modality"] == "spravato":
        yield "more devices than planned (H6)"
    if any(not one["lot"] for one in devices):
        yield "a device without its lot (H6)"
    for one, then in pairwise(devices):
        if then["at"] - one["at"] < 5 * MINUTE and "dose-rest" not in (then["deviations"] or ""):
            yield "devices less than five minutes apart, and nobody was told (H6)"


MEDICINES = ("benzodiazepines", "hypnotics", "opioids", "stimulants", "maoi")
LEAST = {  # minutes between the last of it and the dose, and what is said of less
    "spravato": {"food": (120, "dose-food"), "liquid": (30, "dose-liquid"), "spray": (60, "dose-spray")},
    "iv": {"food": (360, "dose-fasting"), "liquid": (120, "dose-fasting")},
}


def _asked(stay: Stay, *, man: bool) -> Iterator[str]:
    """A first dose past what was not asked, or past an answer that speaks against it, has its reason, and
    whoever gave it was told what it went past (S2 to S5, S16, S18)."""
    first = next(iter(stay.all(*GIVEN)), None)
    if first is None:
        return
    before = [one for one in stay.all("asked", until=first["at"]) if one["id"] < first["id"]]
    answers = {item: (present, since) for one in before for item, present, since in _answers(one)}
    speaks = set(_against(answers, stay.visit["modality"], first["at"], man=man))
    if speaks and not first["reason"].strip():
        yield f"a first dose without a reason past {sorted(speaks)}"
    if speaks != set(json.loads(first["warned"])):
        yield f"a first dose past {sorted(speaks)}, and what was said is {first['warned']}"


def _against(
    answers: Mapping[str, tuple[bool | None, int | None]], modality: str, at: int, *, man: bool
) -> Iterator[str]:
    wanted = {*LEAST[modality], *MEDICINES, *(() if man else ("pregnancy",))}
    if not wanted <= set(answers):
        yield "dose-not-asked"
    for item, (least, says) in LEAST[modality].items():
        _, since = answers.get(item, (None, None))
        if since is not None and at // MINUTE - since // MINUTE < least:
            yield says
    if "pregnancy" in answers and not man and answers["pregnancy"][0] is not False:
        yield "dose-pregnant" if answers["pregnancy"][0] else "dose-pregnancy"
    if any(answers[one][0] is not False for one in MEDICINES if one in answers):
        yield "dose-listed"


def _high(one: Row) -> bool:
    return bool(one["systolic"] > 140 or one["diastolic"] > 90)


def _accepted(stay: Stay, reading: Row, who: Iterable[int] | None, until: int) -> bool:
    return any(
        (one["systolic"], one["diastolic"]) == (reading["systolic"], reading["diastolic"])
        and one["at"] >= reading["at"]
        and (who is None or one["by"] in who)
        for one in stay.all("pressure accepted", until=until)
    )


def _release(stay: Stay, prescribers: set[int]) -> Iterator[str]:
    released = stay.all("released")
    if stay.visit["state"] == "left" and stay.all(*GIVEN) and not released:
        yield "gone after a dose, without a release (H4)"
    if len(released) > 1:
        yield "released twice"
    if not released:
        return
    at, given = released[0]["at"], stay.all(*GIVEN, "infusion stopped")
    if json.loads(released[0]["deviations"] or "[]"):
        yield "a release that went past a rule"
    floor = 120 if stay.visit["modality"] == "spravato" else 30
    if at - given[-1]["at"] < floor * MINUTE:
        yield f"released before minute {floor} (H4)"
    if stay.all("infusion started") and not stay.all("line out, site checked", until=at):
        yield "released with the line in"
    yield from _signed(stay, at, given[-1]["at"], floor)
    yield from _readings(stay, at, given, prescribers)


def _signed(stay: Stay, at: int, last: int, floor: int) -> Iterator[str]:
    """What is looked at belongs to the last half hour before the earliest release, or to later."""
    since = max(last + (floor - 31) * MINUTE, at - 61 * MINUTE)
    for kind in ("settled", "walks steadily", "vitals"):
        if not any(one["at"] >= since for one in stay.all(kind, until=at)):
            yield f"released without {kind} at the end (H5)"
    sheets = [one for one in stay.all("sheet handed over", until=at) if one["at"] >= last]
    if not any(one["counts_from"] // MINUTE == last // MINUTE for one in sheets):
        yield "released without the sheet that is true (H9)"
    if not any(one["person"] for one in stay.all("driver here", until=at)):
        yield "released without a driver (H7)"


def _readings(stay: Stay, at: int, given: list[Row], prescribers: set[int]) -> Iterator[str]:
    readings = [one for one in stay.all("vitals", until=at) if one["systolic"]]
    after = [one for one in readings if one["at"] > given[0]["at"]]
    last = readings[-1]
    if last["oxygen"] is None or last["oxygen"] <= 92:
        yield "released without a usual oxygen (H5)"
    if last["systolic"] >= 180 or last["diastolic"] >= 110:
        yield "released at the emergency limit (H5)"
    if not _accepted(stay, last, None, at):
        yield "released on a pressure that nobody signed (H5)"
    if (last["systolic"] >= 160 or last["diastolic"] >= 100) and not _accepted(stay, last, prescribers, at):
        yield "released on a pressure for the prescriber (H5)"
    for one in after:
        emergency = one["systolic"] >= 180 or one["diastolic"] >= 110
        if emergency and not _accepted(stay, one, prescribers, at):
            yield "released, and an emergency was never acknowledged (H5)"
    if stay.visit["modality"] == "spravato":
        forty = [one for one in after if 30 <= _since(one, given[0]) <= 50]
        if not forty and not stay.all("40-minute pressure missed", until=at):
            yield "released without the 40-minute pressure or its reason (H5, S6)"


def _since(one: Row, first: Row) -> int:
    return int(one["at"] // MINUTE - first["at"] // MINUTE)


# Rooms.


def _two_in_a_room(rows: sqlite3.Connection) -> Iterator[str]:
    """Two who were in one room, by when they came in and went out; and two who were promised it."""
    there = defaultdict(list)
    for one in rows.execute('SELECT id, room_id, entered, "left" FROM visit WHERE entered IS NOT NULL'):
        there[one["room_id"]].append((one["entered"], one["left"], one["id"]))
    for room, been in there.items():
        for (_, left, one), (entered, _, other) in pairwise(sorted(been)):
            if left is None or entered < left:
                yield f"visits {one} and {other} in room {room} at once (H8)"
    claims = rows.execute(
        "SELECT one.visit_id, two.visit_id FROM claim one JOIN claim two ON one.place = two.place "
        "AND one.id < two.id AND one.starts < two.ends AND two.starts < one.ends WHERE one.place < ?",
        (PLACE_FACTOR * SHARED_FROM,),
    )
    yield from (f"visits {one[0]} and {one[1]} claim one place at once (H8)" for one in claims)


# Alarms.


def _alarms(rows: sqlite3.Connection, month: Month) -> Iterator[str]:
    query = "SELECT visit.id, modality FROM visit JOIN visit_type ON visit_type.id = visit.type_id"
    sprayed = {one["id"] for one in rows.execute(query) if one["modality"] == "spravato"}
    prescribers = {one["id"] for one in rows.execute("SELECT id FROM staff WHERE roles LIKE '%prescriber%'")}
    return wrong_alarms(month, sprayed, prescribers)
