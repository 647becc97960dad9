"""What a rule is and what it found. The rules themselves stand beside the work they guard.

A finding is a code and parameters. The screen words it from the rule's sentence, so the core
needs no translator.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from clinic_desktop.foundation.intervals import Interval, minus

Param = str | int | float | tuple[str, ...]


class Word(str):
    """A parameter in the program's own words, such as "visit type": the screen translates it too."""

    __slots__ = ()


class Either(tuple[str, ...]):
    """A list of which one is enough: "a, b or c"."""

    __slots__ = ()


class Severity(StrEnum):
    """How firmly a rule speaks."""

    LOCKED = "locked"  # nobody may override
    HARD = "hard"  # refused, unless somebody with the right overrides with a reason
    WARNING = "warning"  # told, and the work goes on
    HOLD = "hold"  # the visit can only be held until it is settled


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the house.

    code: stable name, kept in records. reference: its number in the clinical reference, section 10
    (H1.. hard, S1.. soft), or the decision it follows. sentence: what, why and what to do next, in
    plain words with ``{parameters}``.
    """

    code: str
    reference: str
    severity: Severity
    sentence: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a finding is about, exactly: whoever goes over it goes over this, and over no more.

    subject: the room or the person, by number. spans: the minutes that lack, from the start of the visit.
    """

    subject: str = ""
    spans: tuple[tuple[int, int], ...] = ()

    def within(self, other: "Scope") -> bool:
        """Whether the other is about the same, and about all these minutes."""
        mine, theirs = ([Interval(*one) for one in scope.spans] for scope in (self, other))
        return self.subject == other.subject and not minus(mine, theirs)


WHOLE = Scope()  # the visit as a whole


def scope_of(subject: str, lacking: Iterable[Interval], start: int) -> Scope:
    """The scope of minutes that lack, on the scale of ``start``."""
    return Scope(subject, tuple((one.start - start, one.end - start) for one in lacking))


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule spoke about one thing. ``params`` fill the rule's sentence."""

    rule: Rule
    params: Mapping[str, Param] = field(default_factory=dict)
    scope: Scope = WHOLE

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    def sentence(self) -> str:
        """The finding in English; the screen translates ``rule.sentence`` first."""
        return fill(self.rule.sentence, self.params)


Problems = dict[str, Finding]
"""Field -> what is wrong with it and what to do; empty when all is well."""


def sentences(findings: Iterable[Finding]) -> str:
    """Several findings in English, each said once."""
    return " ".join(dict.fromkeys(one.sentence() for one in findings))


def fill(sentence: str, params: Mapping[str, Param], translate: Callable[[str], str] = str) -> str:
    """Put parameters into a sentence; a list reads "a, b and c". ``translate`` is asked for :class:`Word`."""
    return sentence.format(**{name: _worded(value, translate) for name, value in params.items()})


def _worded(value: Param, translate: Callable[[str], str]) -> str:
    if not isinstance(value, tuple):
        return translate(value) if isinstance(value, Word) else str(value)
    words = [_worded(one, translate) for one in value]
    last = translate(OR if isinstance(value, Either) else AND)
    return last.join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


AND, OR = " and ", " or "


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """Those that refuse the work as it stands."""
    return [f for f in findings if f.severity in (Severity.LOCKED, Severity.HARD)]


def holding(findings: Iterable[Finding]) -> list[Finding]:
    """Those that let a visit only be held."""
    return [f for f in findings if f.severity is Severity.HOLD]
