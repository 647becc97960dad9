"""What can go wrong, in three kinds that are worded differently.

A rule says no (:class:`Refusal` and its kin), the surroundings failed
(:class:`EnvironmentFailure`), or it is a bug (any other exception).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic_desktop.foundation.rulebook import Finding


class ClinicProblem(Exception):
    """Something to tell a person, in ``str(problem)``: what, why, and what to do next."""


class Refusal(ClinicProblem):
    """Rules said no. ``findings`` lists every one that blocks."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(" ".join(f.sentence() for f in self.findings))


class RightMissing(ClinicProblem):
    """The person lacks a right. ``right`` is its name, ``roles`` those who have it."""

    def __init__(self, right: str, roles: Sequence[str]) -> None:
        self.right, self.roles = right, tuple(roles)
        who = " or ".join(self.roles)
        super().__init__(f"This needs the right to {right}. A {who} can do it or grant it.")


class StaleEdit(ClinicProblem):
    """Somebody else changed the record since it was read."""

    def __init__(self, kind: str, record_id: int) -> None:
        self.kind, self.record_id = kind, record_id
        super().__init__(f"This {kind} was changed meanwhile. Look at it again, then repeat your change.")


class NotFound(ClinicProblem):
    """No record with that number."""

    def __init__(self, kind: str, record_id: object) -> None:
        self.kind, self.record_id = kind, record_id
        super().__init__(f"There is no {kind} {record_id}.")


@dataclass(frozen=True, slots=True)
class Taken:
    """A place that is taken, and by which visit (``visit_id`` None: an overflow or a repair)."""

    kind: str  # room, patient, hands, watch
    name: str  # "Infusion 2", "Maya Jones"
    visit_id: int | None
    start: int  # UTC minutes
    end: int


class Conflict(ClinicProblem):
    """The place was taken meanwhile. ``taken`` names each place and the visit that has it."""

    def __init__(self, taken: Sequence[Taken], sentence: str = "") -> None:
        self.taken = tuple(taken)
        names = ", ".join(dict.fromkeys(t.name for t in self.taken)) or "That time"
        super().__init__(sentence or f"{names} was just taken. Your visit is not booked. Pick another time.")


class BadInput(ClinicProblem):
    """Values a person typed do not stand. ``problems``: field -> what to do."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(" ".join(self.problems.values()))


class EnvironmentFailure(ClinicProblem):
    """Disk full, server gone, file damaged: says what is safe and what to do."""


class StoreRefused(EnvironmentFailure):
    """The database file is damaged, foreign, or of a newer version; it was left as it is."""
