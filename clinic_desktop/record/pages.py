"""The whole record on paper: plain headings, visits by date, and at the end who changed it and who saw it.

It is made from the same content as the file, so that the two never differ. Numbers of records stand in the
file alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from clinic_desktop.foundation.document import (
    Block,
    Document,
    Footer,
    Heading,
    PageSize,
    Paragraph,
    RenderedPdf,
    RenderPdf,
    Running,
    Table,
    cell,
    text,
)
from clinic_desktop.foundation.unprintable import rendered
from clinic_desktop.foundation.words import clock_time, long_date, plain_date
from clinic_desktop.people.languages import language_name
from clinic_desktop.record.gather import WholeRecord
from clinic_desktop.record.labels import KINDS, NOTES, SECTIONS, label

BODY_PT = 10.0
_LONGEST = 1200  # characters of one cell: a row has to find room on a page
_WIDTHS = (1.9, 5.0)
_WHEN = (
    "at", "start", "made_at", "asked_at", "opened_at", "taken_at", "began_at", "parked_at", "added_at",
    "ordered_at", "on", "session_on", "reviewed_at", "due_on", "valid_from", "day",
)  # fmt: skip
_HIDDEN = frozenset({
    "id", "version", "patient_id", "visit_id", "course_id", "order_id", "stamp_id", "flag_id", "sheet_id",
    "preparation_id", "text_id", "escort_text_id", "kept_id", "merged_id", "merged_into", "corrects", "job",
    "facts", "fold", "zone", "named", "template_version", "moved", "takes_back", "day", "minute", "stood",
    "scope", "wait_id", "help_id", "own", "recorded_at", "source_id",
})  # fmt: skip
# Inside of a fact these speak for themselves: "(217) 555-0142 mobile".
_PLAIN = frozenset(
    {"number", "label", "name", "street", "city", "state", "postcode", "item", "phone", "relationship"}
)
_ADDRESS = frozenset({"street", "city", "state", "postcode"})
_ALL_DAY = ("00:00", "24:00")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SAID_NO = frozenset({"present", "agreed", "allowed", "voicemail", "text", "email"})
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):\d\d[+-]\d\d:\d\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

Row = Mapping[str, Any]


def render_record(record: WholeRecord, render: RenderPdf) -> RenderedPdf:
    """The pages; a letter that cannot be printed reads ``[?]``, and the record says so."""
    return rendered(record_document(record), render)


def record_document(record: WholeRecord) -> Document:
    content = record.content
    clinic, patient = content["clinic"], content["patient"]
    name = " ".join(part for part in (patient["given_name"], patient["family_name"]) if part)
    blocks: list[Block] = [Heading(1, text(f"Your record: {name}")), *_head(content)]
    records: Mapping[str, Sequence[Row]] = content["records"]
    blocks += _about(records["patient"])
    blocks += _visits(records)
    for title, kinds in SECTIONS:
        blocks += _section(title, kinds, records)
    blocks += _papers(content["papers"])
    blocks += _section(
        NOTES,
        content["internal"],
        records,
        "They are about you, so you get them too. They were written in haste, and some may be wrong.",
    )
    blocks += _history(content["history"])
    blocks += _seen(content["seen"])
    left = text(f"{clinic['name']} \N{MIDDLE DOT} {patient['chart_number']}")
    return Document(
        "Patient record",
        "en",
        tuple(blocks),
        PageSize(content["paper"]),
        body_pt=BODY_PT,
        running=Running(left, text(name)),
        footer=Footer((clinic["name"], "This is private. Keep it safe.")),
    )


def _head(content: Row) -> Iterator[Block]:
    clinic = content["clinic"]
    phones = ", ".join(" ".join(filter(None, one.values())) for one in clinic["phones"])
    for line in (clinic["name"], clinic["address"], phones):
        if line:
            yield Paragraph(text(line, bold=line is clinic["name"]))
    made = f"Made {_words(content['made_at'])} by {content['made_by']['name']}."
    yield Paragraph(text(made))
    yield Paragraph(
        text(
            "This is all that our clinic keeps about you in its program. Times are the clinic's. "
            "Is something wrong? Tell us: we add a correction, and what was there before stays to be seen."
        )
    )


def _about(people: Sequence[Row]) -> Iterator[Block]:
    yield Heading(2, text("About you"))
    for number, one in enumerate(people):
        if number:
            yield Heading(3, text(f"From the record that was joined: {one['chart_number']}"))
        yield Table(
            tuple(
                (cell("" if number else label(name).capitalize()), cell(part))
                for name, value in one.items()
                if name not in _HIDDEN
                for number, part in enumerate(_rows(value, name))
            ),
            (2.0, 5.0),
        )


def _visits(records: Mapping[str, Sequence[Row]]) -> Iterator[Block]:
    yield Heading(2, text("Your visits"))
    visits = sorted(records["visit"], key=lambda one: (one["start"], one["id"]))
    if not visits:
        yield Paragraph(text("You had no visit."))
    stamps: dict[int, list[Row]] = {}
    for one in records["stamp"]:
        stamps.setdefault(one["visit_id"], []).append(one)
    for visit in visits:
        day = long_date(date.fromisoformat(visit["day"]))
        yield Heading(3, text(f"{day}, {_clock(visit['minute'])}: {visit['type_id']['name']}"))
        for part in _parts(_facts(visit, without=("type_id", "start"))):
            yield Paragraph(text(part))
        rows = sorted(stamps.get(visit["id"], ()), key=lambda one: (one["at"] or "", one["id"]))
        if rows:
            yield _table([(_words(one["at"]), _facts(one, without=("at",))) for one in rows])


def _section(
    title: str, kinds: Iterable[str], records: Mapping[str, Sequence[Row]], lead: str = ""
) -> Iterator[Block]:
    rows = sorted(
        ((_when(one), KINDS[kind], one) for kind in kinds for one in records[kind]),
        key=lambda row: (row[0], row[1], row[2]["id"]),
    )
    if not rows:
        return
    yield Heading(2, text(title))
    if lead:
        yield Paragraph(text(lead))
    yield _table([(_words(when), f"{kind}. {_facts(one)}") for when, kind, one in rows])


def _papers(papers: Sequence[Row]) -> Iterator[Block]:
    if papers:
        yield Heading(2, text("What the papers said"))
    for one in sorted(papers, key=lambda paper: (paper["made_at"] or "", paper["kind"], paper["id"])):
        yield Heading(3, text(f"{KINDS[one['kind']]}, {_words(one['made_at'])}"))
        for line in one["words"]:
            for part in _parts(line):
                yield Paragraph(text(part))


def _history(rows: Sequence[Row]) -> Iterator[Block]:
    yield Heading(2, text("Who changed what"))
    yield _table([(_words(one["at"]), _change(one)) for one in rows])


_DONE = {"add": "new", "change": "changed", "remove": "taken away"}


def _change(one: Row) -> str:
    who = f"{one['by']['name'] or 'Staff'}: {KINDS[one['kind']]}, {_DONE.get(one['action'], one['action'])}."
    if one["withheld"]:
        said = (
            "Two records were joined by mistake then, and taken apart: these facts may be another person's."
        )
    elif one["action"] == "add":
        said = ""  # the record itself stands above
    else:
        said = "; ".join(
            f"{label(name)}: {_words(pair[0], name) or 'nothing'} \N{RIGHTWARDS ARROW} "
            f"{_words(pair[1], name) or 'nothing'}"
            for name, pair in one["changes"].items()
            if name not in _HIDDEN
        )
    reason = f"Reason: {one['reason']}" if one["reason"] else ""
    return " ".join(part for part in (who, said, reason) if part)


def _seen(rows: Sequence[Row]) -> Iterator[Block]:
    if not rows:
        return
    yield Heading(2, text("Who looked at it, printed it or took a copy"))
    yield _table([
        (_words(one["at"]), f"{one['by']['name'] or 'Staff'}: {one['deed']}, {KINDS[one['kind']]}.")
        for one in rows
    ])  # fmt: skip


def _table(rows: Iterable[tuple[str, str]]) -> Table:
    """When and what. A text that is longer than a cell goes on in the next row."""
    cells = tuple(
        (cell("" if number else when), cell(part))
        for when, what in rows
        for number, part in enumerate(_parts(what))
    )
    return Table(cells, _WIDTHS, (cell("When", bold=True), cell("What", bold=True)))


def _parts(words: str) -> list[str]:
    """Pieces of a text that each have room; cut at a blank where there is one."""
    found = []
    while len(words) > _LONGEST:
        at = words.rfind(" ", 1, _LONGEST)
        at = at if at > 0 else _LONGEST
        found.append(words[:at])
        words = words[at:].lstrip(" ")
    return [*found, words]


def _when(one: Row) -> str:
    return next((str(one[name]) for name in _WHEN if one.get(name)), "")


def _facts(one: Row, without: Sequence[str] = ()) -> str:
    """ "dose: 56; unit: mg; who: Maya Jones"."""
    when = next((name for name in _WHEN if one.get(name)), "")
    said = (
        words if name == "kind" else f"{label(name)}: {words}"
        for name, value in one.items()
        if name not in _HIDDEN and name not in without and name != when and (words := _words(value, name))
    )
    return "; ".join(said) or "nothing more was written down"


def _rows(value: Any, name: str) -> list[str]:  # noqa: ANN401 - any value of the file
    """What stands below each other: each of several drivers or phones has a row."""
    several = value if isinstance(value, list) and any(isinstance(one, Mapping) for one in value) else [value]
    return [part for one in several if (words := _words(one, name)) for part in _parts(words)]


def _words(value: Any, name: str = "") -> str:  # noqa: ANN401 - any value of the file
    """A value as it is read; empty for what says nothing."""
    match value:
        case bool():
            words = "yes" if value else ("no" if name in _SAID_NO else "")
        case str():
            words = language_name(value) if name == "language" and value else _text(value)
        case float():
            words = f"{value:g}"
        case list():
            words = ", ".join(part for one in value if (part := _words(one, name)))
        case Mapping():
            words = _inside(value)
        case _:
            words = "" if value is None else str(value)
    return words


def _inside(value: Row) -> str:
    """A fact of several parts: "Bea Marsh (217) 555-0142"; a person or a room by name."""
    if set(value) == {"id", "name"}:
        return value["name"] or f"number {value['id']}"
    said = {key: words for key, one in value.items() if key not in _HIDDEN and (words := _part(key, one))}
    hours = (said.pop("from_minute", _ALL_DAY[0]), said.pop("to_minute", _ALL_DAY[1]))
    plain = (", " if set(value) <= _ADDRESS else " ").join(said[key] for key in said if key in _PLAIN)
    more = [said[key] if key == "kind" else f"{label(key)}: {said[key]}" for key in said if key not in _PLAIN]
    if hours != _ALL_DAY:
        more.append(f"from {_clock(hours[0])} to {_clock(hours[1])}")
    return ", ".join(part for part in (plain, *more) if part)


def _part(key: str, value: Any) -> str:  # noqa: ANN401 - any value of the file
    if key == "weekdays":
        return ", ".join(_WEEKDAYS[number] for number in value)
    return _words(value, key)


def _text(value: str) -> str:
    if found := _INSTANT.fullmatch(value):
        day, hour, minute = found.groups()
        return f"{plain_date(date.fromisoformat(day))}, {clock_time(int(hour) * 60 + int(minute))}"
    if _DAY.fullmatch(value):
        return _date(value)
    return value


def _date(value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return "" if day == date.min else plain_date(day)


def _clock(value: str) -> str:
    at = datetime.strptime(value.replace("24:", "00:"), "%H:%M")  # noqa: DTZ007 - a clock reading has no zone
    return clock_time(at.hour * 60 + at.minute)
