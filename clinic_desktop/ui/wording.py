"""What the core says, in the person's language: findings, problems of fields, and what went wrong."""

from collections.abc import Iterable, Mapping

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.kept_words import KEPT
from clinic_desktop.foundation.rulebook import Finding, fill
from clinic_desktop.scheduling.cancelling import CancelReason
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.i18n import tr


def worded(finding: Finding) -> str:
    """The rule's sentence, its parameters filled in."""
    return fill(tr(finding.rule.sentence), finding.params, tr)


def held_words(waits: Iterable[str]) -> tuple[str, ...]:
    """What a held visit waits for: "Held for a driver"."""
    said = {"driver": tr("Held for a driver"), "clearance": tr("Held for clearance")}
    return tuple(said[one] for one in sorted(waits) if one in said)


def all_worded(findings: Iterable[Finding]) -> str:
    """Several findings, each said once."""
    return " ".join(dict.fromkeys(map(worded, findings)))


def fields_worded(problems: Mapping[str, Finding]) -> dict[str, str]:
    """Field -> what is wrong with it."""
    return {name: worded(finding) for name, finding in problems.items()}


def problem_worded(problem: ClinicProblem) -> str:
    """What to tell of a problem. Where no rule spoke (a full disk), its sentence is looked up as it is."""
    said = str(problem)
    return all_worded(problem.findings) or tr(said)


_KEPT = (*(one.value for one in CancelReason), VisitState.MISSED.value, *KEPT)


def reason_worded(reason: str) -> str:
    """A reason as it stands on record: the program's own words translated, what people typed as it is.

    Behind its own words the program may keep a note or a name ("patient asked next week instead").
    """
    kept = next((one for one in _KEPT if reason.startswith(f"{one} ")), "")
    return f"{tr(kept)}{reason.removeprefix(kept)}" if kept else tr(reason)
