"""What a field of an image holds, in the words of the screens: people, rooms and visits by name, times by the
clinic's clock, yes and no. No number of a record and no minute count is shown where there is a word for it.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from clinic_desktop.foundation.clock import instant_at, local_time
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.languages import language_name
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.audit.field_labels import KINDS, words_of
from clinic_desktop.ui.calls.words import OUTCOMES, WHOMS
from clinic_desktop.ui.glyphs import state_word
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.patients.wording import INDICATIONS, SEXES, day_words, weekday_words
from clinic_desktop.ui.rule_words import rule_words
from clinic_desktop.ui.set_up.words import (
    AFTER_ASKED,
    ASKED,
    ASKED_SINCE,
    CALL_DAYS,
    COVERS,
    DEMANDED,
    DISCHARGE_FORMS,
    FAMILIES,
    FORM_ITEMS,
    PHASES,
    PREPARED,
    ROLES,
    SHEETS,
    STATEMENTS,
    WAYS_HOME,
    fit_words,
)

_LONG = 120  # signs of a value that are shown; the file has all of it
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)")


@dataclass(frozen=True, slots=True)
class Names:
    """Whom and what the lines speak of; ``patients`` and ``visits`` by number, those there are."""

    setup: Setup
    patients: Mapping[int, str]
    visits: Mapping[int, Visit] = field(default_factory=dict)

    def person(self, number: int) -> str:
        if not number:
            return tr("the program")
        return next((one.name for one in self.setup.staff if one.id == number), tr("somebody"))

    def room(self, number: int) -> str:
        named = (one.name for one in self.setup.rooms if one.id == number)
        return next(named, tr("a room that is no more"))

    def patient(self, number: int) -> str:
        return self.patients.get(number) or tr("a patient")

    def type(self, number: int) -> str:
        return next((one.name for one in self.setup.types if one.id == number), tr("a visit type"))

    def visit(self, number: int) -> str:
        """ "Okafor, Amara, Tue, Nov 17, 2026, 10:00 AM"."""
        there = self.visits.get(number)
        if there is None:
            return tr("a visit")
        time = self.visit_time(there.day, there.minute)
        return tr("{patient}, {time}").format(patient=self.patient(there.patient_id), time=time)

    def visit_time(self, day: date, minute: int) -> str:
        when = tr("{day}, {year}, {time}")
        return when.format(day=short_date(day), year=day.year, time=clock_time(minute))

    def moment(self, at: datetime) -> str:
        """ "Nov 17, 2026, 9:12 AM" on the clinic's clock."""
        there = local_time(at, self.setup.clinic.zone)
        return tr("{day}, {time}").format(day=day_words(there.day), time=clock_time(there.minute))


Sort = Callable[[int, Names], str]


def _clock(minute: int, _names: Names) -> str:
    return clock_time(min(minute, 1439)) if minute < 1440 else tr("midnight")


def _moment(minute: int, names: Names) -> str:
    return names.moment(instant_at(minute))


def _record(number: int, _names: Names) -> str:
    return tr("no. {number}").format(number=number)


def _profile(number: int, names: Names) -> str:
    return next((one.name for one in names.setup.profiles if one.id == number), tr("a way home"))


_STATEMENTS = {**STATEMENTS, **PREPARED}


def _statement(number: int, _names: Names) -> str:
    words = _STATEMENTS.get(str(number), "")
    return tr(words) if words else str(number)


def _twice(number: int, _names: Names) -> str:
    return tr("yes") if number else tr("no")


def _count(number: int, _names: Names) -> str:
    return str(number)


_OF_WHOLE_NUMBERS: tuple[tuple[Sort, tuple[str, ...]], ...] = (
    (
        lambda number, names: names.person(number),
        (
            *("by", "nurse_id", "prescriber_id", "therapist_id", "witness_id", "clinician_id", "for_person"),
            *("handed_by_id", "staff_id", "second_id", "person_id", "plan_confirmed_by"),
            *("set_by", "cleared_by", "reviewed_by", "ordered_by", "booked_by", "parked_by", "taken_by"),
            *("answered_by", "made_by", "added_by", "closed_by", "told_by", "asked_by", "signed_by"),
            *("opened_by", "written_by", "decided_by", "filled_by"),
        ),
    ),
    (lambda number, names: names.patient(number), ("patient_id", "kept_id", "merged_id", "merged_into")),
    (lambda number, names: names.visit(number), ("visit_id",)),
    (lambda number, names: names.room(number), ("room_id",)),
    (lambda number, names: names.type(number), ("type_id",)),
    (_profile, ("profile_id",)),
    (lambda number, _names: weekday_words(number), ("weekday", "weekdays")),
    (
        _clock,
        (
            *("minute", "from_minute", "to_minute", "cancel_minute", "driver_red_minute", "must_stay_from"),
            *("arrives", "clock", "hours.start", "hours.end", "shift.start", "shift.end"),
            *("breaks.start", "breaks.end"),
        ),
    ),
    (
        _moment,
        (
            *(
                "visit.start",
                "visit.end",
                "room_until",
                "here_until",
                "arrived",
                "entered",
                "left",
                "visit.moved",
            ),
            *("rooms_before.until", "release_from", "plan_confirmed_end", "confirmed_end"),
        ),
    ),
    (
        _record,
        (
            *(
                "course_id",
                "order_id",
                "text_id",
                "escort_text_id",
                "stamp_id",
                "flag_id",
                "corrects",
                "takes_back",
            ),
            *("wait_id", "sheet_id", "preparation_id", "help_id"),
        ),
    ),
    (_statement, ("statements_off",)),
    (_twice, ("fold",)),
    (
        _count,
        (
            *(
                "grid",
                "watch_limit",
                "min_staff_with_dosed",
                "clearance_months",
                "cancel_days",
                "start_margin",
            ),
            *("late_arrival_minutes", "release_check_minutes", "pre_dose_minutes", "iv_vitals_minutes"),
            *("iv_recovery_minutes", "iv_no_drive_hours", "alcohol_hours", "decision_hours", "adult_hours"),
            *("dosing_stagger", "count_days", "after_tries", "retention_years", "pin_hours", "lock_minutes"),
            *("lock_floor_minutes", "emergency_minutes", "min_age", "repeat_minutes", "oxygen_low", "tell"),
            *(
                "limits.emergency",
                "failures",
                "pin_failures",
                "factor_step",
                "every_weeks",
                "position",
                "min_stay_alone",
            ),
            *("callback_minutes", "arrive_before", "number", "dose_mg", "min_clear_days", "max_gap_days"),
            *("minutes", "may_stretch", "open_days", "count", "span_days", "weeks", "planned", "to_place"),
            *(
                "visits",
                "types.no",
                "devices",
                "phase_no",
                "phase_minutes",
                "course_no",
                "interval_days",
                "paid",
            ),
            *(
                "score.items",
                "total",
                "scope.spans",
                "device",
                "systolic",
                "diastolic",
                "pulse",
                "oxygen",
                "score",
            ),
            *("form_scores", "template_version", "copy_number", "pages", "copies", "job", "ready_minutes"),
            *("merge.moved",),
        ),
    ),
)
_SORTS: Mapping[str, Sort] = {name: sort for sort, names in _OF_WHOLE_NUMBERS for name in names}


def sort_of(path: str) -> Sort | None:
    """How a whole number of this field is said; None for one that is not known here."""
    parts = path.split(".")
    return _SORTS.get(".".join(parts[-2:])) or _SORTS.get(parts[-1])


_HALVES = {"am": QT_TR_NOOP("morning"), "pm": QT_TR_NOOP("afternoon")}
_WAITS = {"driver": QT_TR_NOOP("driver"), "clearance": QT_TR_NOOP("clearance")}
_ANCHORS = {"last": QT_TR_NOOP("the last device (stricter)"), "first": QT_TR_NOOP("the first device")}
_PAGES = {"letter": QT_TR_NOOP("US Letter"), "a4": QT_TR_NOOP("A4")}
_ASKS = {**ASKED, **ASKED_SINCE}
_WHERE = {
    "page": QT_TR_NOOP("the patient's page"),
    "history": QT_TR_NOOP("the patient's history"),
    "visit history": QT_TR_NOOP("the history of a visit"),
}
_CODES: Mapping[str, Mapping[str, str]] = {
    "roles": {str(one): text for one, text in ROLES.items()},
    "hands": {str(one): text for one, text in ROLES.items()},
    "watch": {str(one): text for one, text in ROLES.items()},
    "role": {str(one): text for one, text in ROLES.items()},
    "for_role": {str(one): text for one, text in ROLES.items()},
    "accepts": {str(one): text for one, text in WAYS_HOME.items()},
    "plan_kind": {str(one): text for one, text in WAYS_HOME.items()},
    "drivers.kind": {str(one): text for one, text in WAYS_HOME.items()},
    "demanded": DEMANDED,
    "family": FAMILIES,
    "phases.kind": {str(one): text for one, text in PHASES.items()},
    "cover": {str(one): text for one, text in COVERS.items()},
    "iv_cover": {str(one): text for one, text in COVERS.items()},
    "visit_type.sheet": SHEETS,
    "sheet.kind": SHEETS,
    "preparation.kind": SHEETS,
    "sheet_text.kind": SHEETS,
    "discharge_form": DISCHARGE_FORMS,
    "form": DISCHARGE_FORMS,
    "form_off": FORM_ITEMS,
    "day_after.when": {str(one): text for one, text in CALL_DAYS.items()},
    "day_after.asks": AFTER_ASKED,
    "after_call.yes": AFTER_ASKED,
    "after_call.no": AFTER_ASKED,
    "after_flag.items": AFTER_ASKED,
    "asks.code": _ASKS,
    "answers.item": _ASKS,
    "sex": {str(one): text for one, text in SEXES.items()},
    "indication": {str(one): text for one, text in INDICATIONS.items()},
    "own.half": _HALVES,
    "held_for": _WAITS,
    "release_anchor": _ANCHORS,
    "sheet_page": _PAGES,
    "whom": {str(one): text for one, text in WHOMS.items()},
    "call_attempt.outcome": {str(one): text for one, text in OUTCOMES.items()},
    "where": _WHERE,
}
_SECRETS = frozenset({
    "account.password", "account.pin", "account.recovery", "account.factor", "outage_key.key",
})  # fmt: skip
# Which of a phone's codes was used is nobody's to read: that one was is enough.
_INSTEAD = {"account.factor_step": QT_TR_NOOP("A code of the second factor was used")}


def said_instead(path: str) -> str:
    """What is said of a field whose value the screen does not show; empty for any other. The file has it."""
    words = _INSTEAD.get(path, "")
    return tr(words) if words else ""


def is_blank(value: object) -> bool:
    """Whether a field says nothing: empty, a no, or a part in which all is blank."""
    if isinstance(value, dict):
        return all(map(is_blank, value.values()))
    return value is None or value is False or value in ("", [])


def said(path: str, value: object, names: Names) -> str:
    """A value of the field, in words; "nothing" for none."""
    if is_blank(value) and value is not False:
        return tr("nothing")
    if path in _SECRETS:
        return tr("set; never shown")
    text = _said(path, value, names)
    return text if len(text) <= _LONG else f"{text[:_LONG]}\N{HORIZONTAL ELLIPSIS}"


def _said(path: str, value: object, names: Names) -> str:
    match value:
        case _ if path in _WHOLE:
            text = _WHOLE[path](value)
        case bool():
            text = tr("yes") if value else tr("no")
        case int():
            sort = sort_of(path)
            text = sort(value, names) if sort else str(value)
        case float():
            text = f"{value:g}"
        case str():
            text = _text(path, value, names)
        case list():
            text = _list(path, value, names)
        case dict():
            inner = (_inner(f"{path}.{name}", one, names) for name, one in value.items())
            text = ", ".join(part for part in inner if part)
        case _:
            text = str(value)
    return text


def _list(path: str, values: list[object], names: Names) -> str:
    last = path.rpartition(".")[2]
    if last in ("tell", "emergency"):
        return "/".join(str(one) for one in values)
    if last == "spans":
        return "; ".join("\N{EN DASH}".join(map(str, one)) for one in values if isinstance(one, list))
    if last == "signed_in_at":
        pairs = (one for one in values if isinstance(one, list) and len(one) == 2)
        where = tr("on the PC called {desk}, {when}")
        return "; ".join(where.format(desk=one[0], when=_said(path, one[1], names)) for one in pairs)
    return "; ".join(_said(path, one, names) for one in values)


def _inner(path: str, value: object, names: Names) -> str:
    """A field of a part: what is empty, and a no, is not said."""
    if is_blank(value):
        return ""
    label = label_of(path)
    if value is True:
        return label
    return tr("{field} {value}").format(field=label, value=_said(path, value, names))


def _text(path: str, value: str, names: Names) -> str:
    short, last = ".".join(path.split(".")[-2:]), path.rpartition(".")[2]
    words = _CODES.get(short) or _CODES.get(last)
    if words and value in words:
        return tr(words[value])
    if last in _TEXTS or short in _TEXTS:
        return (_TEXTS.get(last) or _TEXTS[short])(value, names)
    if _INSTANT.fullmatch(value):
        return names.moment(datetime.fromisoformat(value))
    return day_words(date.fromisoformat(value)) if _DAY.fullmatch(value) else value


def _state(value: str, _names: Names) -> str:
    """Of a visit; any other's is a word as it is kept."""
    return state_word(VisitState(value)) if value in set(VisitState) else value


def _rule(value: str, _names: Names) -> str:
    return rule_words([value])


def _fit(value: str, names: Names) -> str:
    return fit_words(value, names.setup)


def _type_of_code(value: str, names: Names) -> str:
    return next((one.name for one in names.setup.types if one.code == value and one.current), value)


def _course_of_code(value: str, names: Names) -> str:
    return next((one.name for one in names.setup.templates if one.code == value), value)


def _subject(value: str, names: Names) -> str:
    """ "room 3" of the scope of an override."""
    kind, _, number = value.partition(" ")
    if not number.isdecimal():
        return value
    return names.room(int(number)) if kind == "room" else names.person(int(number))


_TEXTS: Mapping[str, Callable[[str, Names], str]] = {
    **dict.fromkeys(("rule", "deviations", "warned", "incident.codes"), _rule),
    **dict.fromkeys(("fits", "needs_fit", "modality"), _fit),
    "state": _state,
    "language": lambda value, _names: language_name(value),
    "type_code": _type_of_code,
    "template_code": _course_of_code,
    "subject": _subject,
}


def _went_over(value: object) -> str:
    """How many records of which kinds a merge brought over."""
    pairs = value if isinstance(value, list) else []
    parts = (
        tr("{kind}: {count}").format(kind=kind_words(str(kind)), count=len(numbers))
        for kind, numbers in pairs
    )
    return "; ".join(parts)


def _all_of_it(_value: object) -> str:
    return tr("all that is printed on it")


def _findings(value: object) -> str:
    """What somebody accepted."""
    return " ".join(str(one["message"]) for one in value) if isinstance(value, list) else ""


def _for_undoing(_value: object) -> str:
    return tr("kept, so that the merge can be undone")


# What would be too much for a line; the file has all of it.
_WHOLE: Mapping[str, Callable[[object], str]] = {
    "sheet.facts": _all_of_it,
    "preparation.facts": _all_of_it,
    "paper.facts": _all_of_it,
    "merge.moved": _went_over,
    "trail.accepted": _findings,
    "merge.kept_before": _for_undoing,
}


def kind_words(kind: str) -> str:
    """What the trail calls a kind, as the screens do."""
    return tr(KINDS[kind]) if kind in KINDS else kind.replace("_", " ")


def label_of(path: str) -> str:
    """What a field is called; of an entry by another version as it stands there."""
    words = words_of(path)
    return tr(words) if words else path.rpartition(".")[2].replace("_", " ")


def image_of(text: str | None) -> dict[str, object]:
    """The fields of an image; none of what is no image."""
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
