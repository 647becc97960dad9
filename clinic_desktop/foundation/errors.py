"""What can go wrong, in three kinds that are worded differently.

A rule says no (:class:`Refusal` and its kin), the surroundings failed
(:class:`EnvironmentFailure`), or it is a bug (any other exception).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from clinic_desktop.foundation import rules
from clinic_desktop.foundation.rulebook import Either, Finding, Problems, Word, sentences

AWAY = "The clinic's database does not answer. Nothing was saved. Try again when it is back."


class ClinicProblem(Exception):
    """Something to tell a person: what, why, and what to do next.

    ``findings`` say it, for the screen to word; ``str(problem)`` is the same in English. Where there are none
    (the surroundings failed), the text is all.
    """

    def __init__(self, said: str | Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = () if isinstance(said, str) else tuple(said)
        super().__init__(said if isinstance(said, str) else sentences(self.findings))


class Refusal(ClinicProblem):
    """Rules said no. ``findings`` lists every one that blocks."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(findings)


class RightMissing(ClinicProblem):
    """The person lacks a right. ``right`` is its name, ``roles`` those who have it."""

    def __init__(self, right: str, roles: Sequence[str]) -> None:
        self.right, self.roles = right, tuple(roles)
        who = Either(map(Word, self.roles))
        super().__init__([Finding(rules.RIGHT_MISSING, {"right": Word(right), "roles": who})])


class StaleEdit(ClinicProblem):
    """Somebody else changed the record since it was read."""

    def __init__(self, kind: str, record_id: int) -> None:
        self.kind, self.record_id = kind, record_id
        super().__init__([Finding(rules.STALE_EDIT, {"kind": Word(kind)})])


class NotFound(ClinicProblem):
    """No record with that number."""

    def __init__(self, kind: str, record_id: object) -> None:
        self.kind, self.record_id = kind, record_id
        super().__init__([Finding(rules.NOT_FOUND, {"kind": Word(kind), "name": str(record_id)})])


@dataclass(frozen=True, slots=True)
class Taken:
    """A place that is taken, and by which visit (``visit_id`` None: an overflow or a repair)."""

    kind: str  # room, patient, hands, watch
    name: str  # "Infusion 2", "Maya Jones"
    visit_id: int | None
    start: int  # UTC minutes
    end: int
    until: int  # from when on the place is free, whoever else has it before


class Conflict(ClinicProblem):
    """The place was taken meanwhile. ``taken`` names each place and the visit that has it."""

    def __init__(self, taken: Sequence[Taken]) -> None:
        self.taken = tuple(taken)
        names = ", ".join(dict.fromkeys(t.name for t in self.taken))
        found = Finding(rules.TAKEN, {"places": names}) if names else Finding(rules.TIME_TAKEN)
        super().__init__([found])


class BadInput(ClinicProblem):
    """Values a person typed do not stand. ``problems``: field -> what is wrong and what to do."""

    def __init__(self, problems: Mapping[str, Finding]) -> None:
        self.problems: Problems = dict(problems)
        super().__init__(self.problems.values())


class EnvironmentFailure(ClinicProblem):
    """Disk full, server gone, file damaged: says what is safe and what to do."""


class ServerAway(EnvironmentFailure):
    """The clinic's database does not answer. What happened in a room meanwhile is kept on this computer and
    saved once it is back; everything else waits.

    ``unsure``: it went away while it saved, so what was asked for may be there. ``reading``: something was
    only to be looked at.
    """

    def __init__(self, said: str, *, unsure: bool = False, reading: bool = False) -> None:
        self.unsure, self.reading = unsure, reading
        super().__init__(said)


@contextmanager
def before_saving() -> Iterator[None]:
    """Around what is read for a change: whoever asked for the change hears that it was not saved."""
    try:
        yield
    except ServerAway as away:
        raise ServerAway(AWAY) from away


class GivenUp(EnvironmentFailure):
    """Whoever had asked for it does it in another way by now, and nothing of it was saved."""


class WentBack(EnvironmentFailure):
    """The clinic's data knows fewer changes than were seen here: a backup was restored, or a standby took
    over that was behind. ``number``: of the last change that is there."""

    def __init__(self, said: str, number: int) -> None:
        self.number = number
        super().__init__(said)


class NotPrinted(EnvironmentFailure):
    """Nothing came out of a printer. ``why``: in a few words for the record, "out of paper". ``halts``: it is
    the printer's trouble, and nothing else comes out of it either."""

    def __init__(self, said: str, why: str, *, halts: bool = False) -> None:
        self.why, self.halts = why, halts
        super().__init__(said)


class StoreRefused(EnvironmentFailure):
    """The database file is damaged, foreign, or of a newer version; it was left as it is."""
