"""Every rule of the program in one list, and what is made from it: a page of the guide, and the sentences to
translate.

python -m clinic_desktop.rule_list > docs/rules.md
python -m clinic_desktop.rule_list --sentences > clinic_desktop/ui/core_sentences.py
"""

import json
import sys
from itertools import groupby
from types import ModuleType

from clinic_desktop.aftercare import rules as aftercare
from clinic_desktop.aftercare.problems import REMEDIES
from clinic_desktop.foundation import rules as foundation
from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.kept_words import KEPT
from clinic_desktop.foundation.rulebook import AND, OR, Rule, Severity
from clinic_desktop.people import rules as people
from clinic_desktop.people import score_rules, stock_rules
from clinic_desktop.people.importing import rules as importing
from clinic_desktop.people.instruments import BAND_WORDS
from clinic_desktop.people.model import TransportKind
from clinic_desktop.reports import day_sheet, end_on_paper, end_rules
from clinic_desktop.reports import rules as reports
from clinic_desktop.reports.end_prints import PAPERS
from clinic_desktop.scheduling import (
    beside,
    call_rules,
    call_words,
    certification,
    course_rules,
    day_after,
    disruption,
    freed,
    planner_reasons,
    reasons,
    reconfirming,
    repairing,
    set_up_rules,
    steps,
    stranded,
    stretching,
    undo_rules,
)
from clinic_desktop.scheduling import rules as scheduling
from clinic_desktop.scheduling.asks import NAMES
from clinic_desktop.scheduling.calls import CallOutcome, Whom
from clinic_desktop.scheduling.cancelling import CancelReason
from clinic_desktop.scheduling.crisis import CrisisStep
from clinic_desktop.scheduling.discharge_forms import FORMS
from clinic_desktop.scheduling.model import Cover, PhaseKind
from clinic_desktop.scheduling.rules import NOT_LIVE_WORDS
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.security import account_rules, key_slots, trail_checking
from clinic_desktop.security.rights import Right
from clinic_desktop.storage import (
    backup,
    cipher,
    damage,
    engine,
    failures,
    grants,
    kept_copy,
    line_words,
    look,
    looking,
    moved,
    moving,
    one_move,
    restoring,
    safe_line,
    schema,
    sealing,
    server_look,
    server_scratch,
    trail,
)
from clinic_desktop.storage.reader import spoken as kind_words
from clinic_desktop.storage.tables import RECORDS
from clinic_desktop.treatment import (
    alarm_rules,
    asking_rules,
    day_after_rules,
    decision_rules,
    discharge_rules,
    dose_facts,
    driver_rules,
    going_rules,
    ledger_rules,
    scores,
    slip_rules,
    vital_rules,
)
from clinic_desktop.treatment import course_rules as treated_course
from clinic_desktop.treatment import rules as treatment
from clinic_desktop.treatment.after import CALLS_MADE
from clinic_desktop.treatment.day_after import AfterOutcome
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.treatment.stock_need import UNITS

MODULES: tuple[tuple[str, ModuleType], ...] = (
    ("Booking", scheduling),
    ("How long a visit stays", stretching),
    ("Calls", call_rules),
    ("A visit that was confirmed", reconfirming),
    ("Why a time does not work", reasons),
    ("Planning a course", planner_reasons),
    ("A course beside another", beside),
    ("How a course goes on", course_rules),
    ("Visits that no longer fit", stranded),
    ("Undoing", undo_rules),
    ("What happens to a day", disruption),
    ("Repairing a day", repairing),
    ("What is measured", vital_rules),
    ("Treatment and release", treatment),
    ("Certification of the site", certification),
    ("The REMS ledger", ledger_rules),
    ("Discharge forms", discharge_rules),
    ("How a dose was given", dose_facts),
    ("Scores", scores),
    ("The course, before a dose", treated_course),
    ("What is asked before a dose", asking_rules),
    ("Alarms", alarm_rules),
    ("The driver on the day", driver_rules),
    ("Who goes with an infusion", going_rules),
    ("Slips of the pen", slip_rules),
    ("Drug log", stock_rules),
    ("The day after", day_after_rules),
    ("My decisions", decision_rules),
    ("Patients", people),
    ("Scores", score_rules),
    ("Importing patients", importing),
    ("Aftercare sheets", aftercare),
    ("Set-up", set_up_rules),
    ("Reports", reports),
    ("The end of the day", end_rules),
    ("Accounts", account_rules),
    ("The audit trail", trail_checking),
    ("Any record", foundation),
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


# What findings are filled with, besides names, numbers and times: kinds of records, actions, lists.
_WORDS = (
    *("person", "treatment", "way home", "course template", "accept a high pressure"),
    *("moved", "made longer or shorter", "cancelled", "month", "day", AND, OR),
    *("Somebody", "The place", driver_rules.THE_DRIVER, CALLS_MADE),
    *(item for items in FORMS.values() for item in items),
    *UNITS.values(),
    *NAMES.values(),
    *(one.name for one in day_after.QUESTIONS.values()),
    *NOT_LIVE_WORDS,
    *steps.SENTENCES,
    *KEPT,
    *planner_reasons.WORDS.values(),
    *planner_reasons.HALF_WORDS.values(),
    *reconfirming.WORDS,
    *course_rules.WORDS,
    *BAND_WORDS,
    *PAPERS.values(),
)
# What is said as it stands about where the clinic's data is kept.
_KEEPING: tuple[ModuleType, ...] = (
    *(failures, grants, key_slots, sealing, line_words, server_look, safe_line, engine, look, looking, trail),
    *(cipher, backup, restoring, server_scratch, kept_copy, moved, moving, one_move),
    *(schema, damage),
)
_ENUMS = (
    *(StampKind, PhaseKind, VisitState, Right, Role, Cover, CancelReason),
    *(Whom, CallOutcome, AfterOutcome, TransportKind, CrisisStep),
)


def spoken() -> list[str]:
    """Every sentence and word that the core can put on the screen, for the catalogue of translations."""
    words = [kind_words(kind) for kind in RECORDS]
    words += [str(one) for kind in _ENUMS for one in kind]
    words += [one.capitalize() for one in PhaseKind]
    rules = [rule.sentence for rule in everything()]
    papers = [*day_sheet.SPOKEN, *end_on_paper.SPOKEN]
    kept = [one for module in _KEEPING for one in module.SENTENCES]
    calls = [*call_words.SENTENCES, *freed.SENTENCES]
    remedies = list(REMEDIES.values())
    return list(dict.fromkeys([*rules, *remedies, *kept, *calls, *_WORDS, *words, *papers]))


def as_sentences() -> str:
    """The module in which the tools of translation find them."""
    marked = [f"    QT_TR_NOOP({json.dumps(one)})," for one in spoken()]
    lines = [
        '"""What the core says, marked for translation. Made by clinic_desktop.rule_list, not by hand."""',
        "",
        "# ruff: noqa: E501 - a sentence stands on one line, as the tools of translation read it",
        "from clinic_desktop.ui.i18n import QT_TR_NOOP",
        "",
        "# fmt: off",
        "SENTENCES = (",
        *marked,
        ")",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_sentences() if "--sentences" in sys.argv else as_markdown())
