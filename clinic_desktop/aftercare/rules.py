"""What can stand in the way of a sheet."""

from clinic_desktop.foundation.rulebook import Rule, Severity

NO_DOSE = Rule(
    "sheet.no-dose",
    "Sheets",
    Severity.LOCKED,
    "The sheet counts from the last dose, and none is recorded yet. Record the dose, then print.",
)
INFUSION_RUNS = Rule(
    "sheet.infusion-runs",
    "Sheets",
    Severity.LOCKED,
    "The sheet counts from the end of the infusion. Record when it ended, then print.",
)
DOSE_DAY = Rule(
    "sheet.dose-day",
    "Sheets",
    Severity.LOCKED,
    "The last dose is recorded on {dose_day}, but the visit is on {visit_day}. "
    "Correct the one that is wrong, then print.",
)
NO_KIND = Rule(
    "sheet.no-kind",
    "Sheets",
    Severity.LOCKED,
    "There is no aftercare sheet for {kind}. Choose one for this visit type in Set-up.",
)
UNTRUE = Rule(
    "sheet.untrue",
    "decision: sheets",
    Severity.LOCKED,
    "This sheet is no longer true: {changed}. Print it anew and hand over the new one.",
)
FACT_MISSING = Rule(
    "sheet.fact-missing",
    "Sheets",
    Severity.LOCKED,
    "The sheet needs the {fact}, and it is not recorded. Fill it in, then print.",
)
STATEMENT_NEEDED = Rule(
    "sheet.statement-needed",
    "Sheets",
    Severity.LOCKED,
    "Every sheet says number {number}, {statement}. Switch it on again, then print.",
)
SLIP_STALE = Rule(
    "sheet.slip-stale",
    "R-18",
    Severity.WARNING,
    "The sheet handed over on {day} names {times}, and that does not hold any more. Tell {patient} what "
    "counts now.",
)

SHEET_RULES = (NO_DOSE, INFUSION_RUNS, DOSE_DAY, NO_KIND, UNTRUE, FACT_MISSING, STATEMENT_NEEDED)
