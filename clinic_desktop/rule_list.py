"""Every rule of the program in one list, and the page of the guide that is made from it.

python -m clinic_desktop.rule_list > docs/rules.md
"""

import sys
from itertools import groupby
from types import ModuleType

from clinic_desktop.aftercare import rules as aftercare
from clinic_desktop.foundation.rulebook import Rule, Severity
from clinic_desktop.people import rules as people
from clinic_desktop.people.importing import rules as importing
from clinic_desktop.scheduling import planner_reasons, reasons, stranded
from clinic_desktop.scheduling import rules as scheduling
from clinic_desktop.treatment import rules as treatment

MODULES: tuple[tuple[str, ModuleType], ...] = (
    ("Booking", scheduling),
    ("Why a time does not work", reasons),
    ("Planning a course", planner_reasons),
    ("Visits that no longer fit", stranded),
    ("Treatment and release", treatment),
    ("Patients", people),
    ("Importing patients", importing),
    ("Aftercare sheets", aftercare),
)


def rules_in(module: ModuleType) -> list[Rule]:
    """The rules a module states, in its order; those it only borrows are left to their own module."""
    stated = {id(value): value for value in vars(module).values() if isinstance(value, Rule)}
    borrowed = {
        id(rule) for other in _others(module) for rule in vars(other).values() if isinstance(rule, Rule)
    }
    return [rule for key, rule in stated.items() if key not in borrowed]


def _others(module: ModuleType) -> list[ModuleType]:
    """The modules of the list that come before: a rule belongs to the first that has it."""
    modules = [one for _, one in MODULES]
    return modules[: modules.index(module)]


def everything() -> list[Rule]:
    return [rule for _, module in MODULES for rule in rules_in(module)]


_MEANING = {
    Severity.LOCKED: "nobody may go over it",
    Severity.HARD: "refused, unless somebody with the right gives a reason",
    Severity.HOLD: "the visit is held until it is settled",
    Severity.WARNING: "said, and the work goes on",
}


_HEAD = ("| rule | number | kind | what it says |", "| --- | --- | --- | --- |")


def as_markdown() -> str:
    """The guide's page of rules."""
    lines = [
        "# What the program says, and why",
        "",
        "Made from the rules themselves. The number is that of the clinical reference, section 10",
        "(H hard, S soft), or the decision that a rule follows. Words in braces are filled in.",
        "",
        *(f"- **{severity.value}**: {meaning}" for severity, meaning in _MEANING.items()),
    ]
    for title, module in MODULES:
        lines += [
            "",
            f"## {title}",
            "",
            "| rule | number | kind | what it says |",
            "| --- | --- | --- | --- |",
        ]
        rules = rules_in(module)
        lines += [f"| {r.code} | {r.reference} | {r.severity.value} | {r.sentence} |" for r in rules]
    return "\n".join(lines) + "\n"


def twice() -> list[str]:
    """Codes that more than one rule has."""
    codes = sorted(rule.code for rule in everything())
    return [code for code, same in groupby(codes) if len(list(same)) > 1]


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
