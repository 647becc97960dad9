"""The front matter of a text: what it is, which version, and who approved it."""

import re
from datetime import date

from clinic_desktop.aftercare.inline import Reading
from clinic_desktop.aftercare.problems import Flaw
from clinic_desktop.aftercare.statements import REQUIRED
from clinic_desktop.aftercare.template import FrontMatter, Status

_FENCE = "---"
_NEEDED = ("kind", "language", "version", "title", "status")
_WHEN_APPROVED = ("approved_by", "approved_on")
_KNOWN = (*_NEEDED, *_WHEN_APPROVED)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")

Values = dict[str, tuple[int, str]]
"""Key -> its line and its value."""


def read_front(lines: list[str], reading: Reading) -> tuple[FrontMatter | None, int]:
    """The front matter and the index of the first line of the body; None when it cannot stand."""
    if not lines or lines[0].strip() != _FENCE or _FENCE not in (line.strip() for line in lines[1:]):
        reading.wrong(1, Flaw.NO_FRONT)
        return None, 0
    end = next(n for n, line in enumerate(lines) if n and line.strip() == _FENCE)
    before = len(reading.problems)
    values = _values(lines[1:end], reading)
    _check(values, reading)
    if len(reading.problems) > before:
        return None, end + 1
    reading.kind = values["kind"][1]
    return _front(values), end + 1


def with_record(source: str, version: int, approved: tuple[str, date] | None = None) -> str:
    """The words with the head that the record gives them: their version, and by whom and when they were
    ``approved``. A head that cannot be read stays as it is."""
    lines = source.splitlines(keepends=True)
    fences = [n for n, line in enumerate(lines) if line.strip() == _FENCE]
    if len(fences) < 2 or fences[0]:
        return source
    status = [("status", (Status.APPROVED if approved else Status.DRAFT).value)]
    if approved is not None:
        by, on = approved
        status += [("approved_by", by), ("approved_on", on.isoformat())]
    told = {"version": [("version", str(version))], "status": status, "approved_by": [], "approved_on": []}
    head: list[str] = []
    for line in lines[1 : fences[1]]:
        key = line.partition(":")[0].strip()
        head += [f"{name}: {value}\n" for name, value in told[key]] if key in told else [line]
    return "".join([lines[0], *head, *lines[fences[1] :]])


def _values(lines: list[str], reading: Reading) -> Values:
    values: Values = {}
    for number, line in enumerate(lines, start=2):
        key, _, value = line.partition(":")
        key = key.strip()
        if not line.strip():
            continue
        if key not in _KNOWN:
            reading.wrong(number, Flaw.UNKNOWN_KEY, name=key, known=", ".join(_KNOWN))
        else:
            values[key] = (number, value.strip())
    return values


def _check(values: Values, reading: Reading) -> None:
    approved = values.get("status", (0, ""))[1] == Status.APPROVED
    for key in (*_NEEDED, *(_WHEN_APPROVED if approved else ())):
        if not values.get(key, (0, ""))[1]:
            reading.wrong(values.get(key, (1, ""))[0], Flaw.MISSING_KEY, name=key)
    for key, (line, value) in values.items():
        expected = _expected(key, value) if value else ""
        if expected:
            reading.wrong(line, Flaw.BAD_VALUE, name=key, value=value, expected=expected)


def _expected(key: str, value: str) -> str:
    """What should stand there; empty when the value is good."""
    tests = {
        "kind": (value in REQUIRED, f"one of {', '.join(REQUIRED)}"),
        "language": (bool(_LANGUAGE.fullmatch(value)), "a language code such as en"),
        "version": (value.isdecimal() and int(value) > 0, "a number from 1"),
        "status": (value in set(Status), "draft or approved"),
        "approved_on": (_is_day(value), "a day such as 2026-11-18"),
    }
    good, expected = tests.get(key, (True, ""))
    return "" if good else expected


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _front(values: Values) -> FrontMatter:
    texts = {key: value for key, (_, value) in values.items()}
    approved_on = texts.get("approved_on")
    return FrontMatter(
        kind=texts["kind"],
        language=texts["language"],
        version=int(texts["version"]),
        title=texts["title"],
        status=Status(texts["status"]),
        approved_by=texts.get("approved_by", ""),
        approved_on=date.fromisoformat(approved_on) if approved_on else None,
    )
