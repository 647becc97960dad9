"""Values of any declared type, hostile or merely odd: what a hand, a paste or another desk could send.

What the type itself rules out is not made: no word where a number is declared. Numbers and days stay within
what the screens and the database take (64 bits; years 1900 to 2199). What the program hands out for a screen
to hand back (a sheet, a plan, a name) comes as it was or out of date, never spoilt: no hand reaches it.
"""

import dataclasses
import enum
import random
import types
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.document import RenderedPdf
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.secrets import Secret

DAY = date(2026, 11, 16)
_DEEP = 6
_SEEN = 12  # of a kind are remembered
_WORDS = (
    "", " ", "Amara", "Okafor", "iv", "spravato", "IVM", "SP56", "SP84", "KAP1", "12K345", "en", "sister",
    "555-0101", "'; DROP TABLE visit; --", '" OR 1=1 --', "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0",
    "../../etc/passwd", "\x00", "a\x00b", "\u202edrowssap", "e\u0301" * 40, "\U0001f600", "\ud800", "\r\n\t",
    "<b>&amp;</b>", "%s%n{0}", "x" * 5000, "0", "-1", "1e309", "nan", "12/31/9999", "2026-02-30", "{", "[[[[",
    "# A\n\n- b", "\u540d\u524d", "\u05e9\u05dc\u05d5\u05dd", "a" * 300,
)  # fmt: skip
_BYTES = (
    b"", b"\x00", b"First Name,Last Name\nAnn,Lee\n", b"\xff\xfe", b'"', b"a,b\n" * 50, b"PK\x03\x04",
    b"First Name,Birth\n=1,99/99/99\n",
    "Vorname;Nachname\nJos\u00e9;M\u00fcller\n".encode("latin-1"), b"\n" * 100,
)  # fmt: skip
_HANDED_OUT = frozenset({
    "Sheet", "SheetPrint", "Paper", "SheetText", "TextName", "Look", "PlannedCourse", "CardPages",
    "PreparationPages", "Proposal", "Alarm", "Asked", "Step", "Candidate", "Made", "ToldWord",
    "KeptEntry", "View",
})  # fmt: skip
# What a screen reckons by itself: from when on and how far is looked, how long the phases of that type are.
_OWN: Mapping[tuple[str, str], Any] = {
    ("Seek", "after"): 29_916_000,
    ("Seek", "minutes"): (),
    ("Seek", "days"): 30,
}
_CALLS: Mapping[str, Callable[..., Any]] = {
    "render": lambda _document: RenderedPdf(b"%PDF-1.4", 1),
    "write": lambda _text: None,
    "rest": lambda _seconds: False,
    "ahead": lambda *_: None,
    "progress": lambda *_: None,
}


class NotMade(Exception):
    """No value of that type is made here."""


@cache
def hints_of(what: Any) -> dict[str, Any]:
    return get_type_hints(what)


class Values:
    """One source of values; ``saw`` gives it what the program handed out, for use and for spoiling."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a test's chance, not a secret
        self._seen: dict[type, list[Any]] = {}

    def saw(self, one: object) -> None:
        """Remember records and answers that lie in it."""
        if isinstance(one, list | tuple | set | frozenset):
            for part in list(one)[:_SEEN]:
                self.saw(part)
        elif dataclasses.is_dataclass(one) and not isinstance(one, type):
            there = self._seen.setdefault(type(one), [])
            if len(there) < _SEEN:
                there.append(one)
            else:
                there[self.chance.randrange(_SEEN)] = one

    def arguments(self, function: Callable[..., Any], given: Mapping[str, object]) -> dict[str, object]:
        """For every parameter of a use case but those ``given``; those with defaults only now and then."""
        made = dict(given)
        for name, hint in hints_of(function).items():
            if name not in given and name != "return":
                made[name] = _CALLS[name] if name in _CALLS else self.of(hint)
        return made

    def actor(self) -> Actor:
        roles = frozenset(Role) if self.chance.random() < 0.8 else self.of(frozenset[Role])
        return Actor(self.chance.randrange(5), roles, self.chance.choice(("front", "floor", "")))

    def of(self, hint: Any, deep: int = 0) -> Any:
        """Raises :class:`NotMade`, and whatever a type says to a value that it does not take."""
        if deep > _DEEP:
            raise NotMade(str(hint))
        origin, inner = get_origin(hint), get_args(hint)
        if origin in (Union, types.UnionType):
            return self.of(self.chance.choice(inner), deep)
        if origin is Literal:
            return self.chance.choice(inner)
        if origin is not None:
            return self._many(origin, inner, deep)
        plain = self._plain().get(hint)
        if plain is not None:
            return plain()
        if isinstance(hint, type) and issubclass(hint, enum.Enum):
            return self.chance.choice(list(hint))
        if isinstance(hint, type) and dataclasses.is_dataclass(hint):
            return self._record(hint, deep)
        raise NotMade(str(hint))

    def _plain(self) -> dict[Any, Callable[[], Any]]:
        return {
            str: self._word,
            int: self._number,
            bool: lambda: self.chance.random() < 0.5,
            float: lambda: self.chance.choice((0.0, -1.0, 0.5, 56.0, 1e9, 84.0, 35.0)),
            bytes: lambda: self.chance.choice(_BYTES),
            date: self._day,
            datetime: self._instant,
            time: lambda: time(self.chance.randrange(24), self.chance.randrange(60)),
            timedelta: lambda: timedelta(minutes=self.chance.randrange(-10, 600)),
            types.NoneType: lambda: None,
            object: lambda: self.chance.choice((None, 1, "words")),
            Secret: lambda: Secret(self._word()),
            Actor: self.actor,
        }

    def _word(self) -> str:
        if self.chance.random() < 0.1:
            return "".join(chr(self._letter()) for _ in range(self.chance.randrange(40)))
        return self.chance.choice(_WORDS)

    def _letter(self) -> int:
        return self.chance.choice((self.chance.randrange(32, 127), self.chance.randrange(1, 0xD7FF)))

    def _number(self) -> int:
        kind = self.chance.random()
        if kind < 0.6:
            return self.chance.randrange(1, 8)
        if kind < 0.9:
            return self.chance.randrange(0, 1500, 5)
        return self.chance.choice((-1, 0, 10**6, 2**31 - 1, -(2**31), 2**63 - 1))

    def _day(self) -> date:
        if self.chance.random() < 0.8:
            return DAY + timedelta(days=self.chance.randrange(-10, 60))
        return self.chance.choice(
            (date(1900, 1, 1), date(2199, 12, 31), date(2024, 2, 29), date(2026, 11, 1))
        )

    def _instant(self) -> datetime:
        return datetime.combine(self._day(), time(self.chance.randrange(24), self.chance.randrange(60)), UTC)

    def _many(self, origin: Any, inner: tuple[Any, ...], deep: int) -> Any:
        if origin is tuple and (len(inner) != 2 or inner[1] is not ...):
            return tuple(self.of(one, deep + 1) for one in inner)
        count = self.chance.choice((0, 1, 1, 2, 3))
        if issubclass(origin, Mapping):
            return {self.of(inner[0], deep + 1): self.of(inner[1], deep + 1) for _ in range(count)}
        if origin is type or not issubclass(origin, types.GenericAlias | object) or origin is Callable:
            raise NotMade(str(origin))
        try:
            values = [self.of(inner[0], deep + 1) for _ in range(count)]
        except IndexError as bare:
            raise NotMade(str(origin)) from bare
        if issubclass(origin, set | frozenset):
            return frozenset(values)
        return tuple(values) if origin is tuple else values

    def _record(self, kind: type, deep: int) -> Any:
        """One that was seen, as it was or with one thing spoilt; or one that nobody has seen before."""
        seen = self._seen.get(kind)
        if seen and (kind.__name__ in _HANDED_OUT or self.chance.random() < 0.7):
            one = self.chance.choice(seen)
            if kind.__name__ in _HANDED_OUT:
                return one
            fields = [part.name for part in dataclasses.fields(kind) if part.init]
            if not fields or self.chance.random() < 0.5:
                return one
            name = self.chance.choice(fields)
            return dataclasses.replace(one, **{name: self.of(hints_of(kind)[name], deep + 1)})
        if kind.__name__ in _HANDED_OUT:
            raise NotMade(kind.__name__)
        made = {}
        for part in dataclasses.fields(kind):
            usual = part.default is not dataclasses.MISSING or part.default_factory is not dataclasses.MISSING
            if (kind.__name__, part.name) in _OWN:
                made[part.name] = _OWN[kind.__name__, part.name]
            elif part.init and not (usual and self.chance.random() < 0.7):
                made[part.name] = self.of(hints_of(kind)[part.name], deep + 1)
        return kind(**made)


def refused_by_its_type(problem: Exception) -> bool:
    """Whether a value that was being made could not be: that is no call of the program."""
    return isinstance(problem, NotMade | ClinicProblem | ValueError | TypeError)
