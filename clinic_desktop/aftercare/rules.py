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
EARLIER_WAITS = Rule(
    "sheet.earlier-waits",
    "decision: permission and truth",
    Severity.WARNING,
    "The sheet counts from {time}, as it was recorded first. The correction to {then} counts once a "
    "prescriber has answered for it (My decisions): then print it anew.",
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
NOTHING_TO_PREPARE = Rule(
    "sheet.nothing-to-prepare",
    "Sheets",
    Severity.LOCKED,
    "There is no preparation sheet for {type}. Treatments with an aftercare sheet have one.",
)
NOTHING_TO_PREPARE_FOR = Rule(
    "sheet.prepared",
    "Sheets",
    Severity.LOCKED,
    "A preparation sheet is for a visit to come, and this one has begun or is off.",
)
NO_COURSE = Rule(
    "sheet.no-course",
    "Sheets",
    Severity.LOCKED,
    "A course card names the visits to come of a course, and there are none. Book the course, then print.",
)
NO_CARD = Rule(
    "sheet.no-card",
    "Sheets",
    Severity.LOCKED,
    "No course card of this patient is on record, so none can be printed again. Print the course card first.",
)
PREPARATION_STALE = Rule(
    "sheet.preparation-stale",
    "R-18",
    Severity.WARNING,
    "The preparation sheet printed on {day} is for {time}, and that does not hold any more. Print it anew "
    "for {patient}, or tell them what counts now.",
)
TRANSLATION_WAITS = Rule(
    "sheet.translation-waits",
    "S21",
    Severity.WARNING,
    "It is in English: no {language} text of it is approved. Go over it with an interpreter. Once a "
    "prescriber approves the {language} text (Sheet texts), it is in {language}.",
)
NO_TRANSLATION = Rule(
    "sheet.no-translation",
    "S21",
    Severity.WARNING,
    "It is in English: nothing can be set in {language} yet. Go over it with an interpreter.",
)


def _text(code: str, reference: str, sentence: str) -> Rule:
    return Rule(f"text.{code}", reference, Severity.LOCKED, sentence)


TEXT_PAGES = _text(
    "pages",
    "decision: sheets",
    "In {size} the longest sheet takes {pages} pages, and {most} are allowed. Shorten the text, or give a "
    "reason.",
)
TEXT_GRADE = _text(
    "grade",
    "S19",
    "The text asks for grade {grade}, and sheets stay at {most} or below. Use shorter words and sentences, "
    "or give a reason.",
)
TEXT_LANGUAGE = _text("language", "H12", "Sheets cannot be set in {language} yet. Nothing was changed.")
TEXT_SAME = _text("same", "H12", "Nothing is new against version {number}. Change the text, then keep it.")
TEXT_CHANGED = _text("changed", "H12", "Say in a sentence what is new, for whoever approves it.")
TEXT_WHY = _text("why", "H12", "Say why. Whoever wrote the text reads it.")
TEXT_PAST = _text(
    "effective-past", "H12", "A text is handed out from today at the earliest. Choose another day."
)
TEXT_DECIDED = _text("decided", "H12", "Version {number} is decided: it is {status}. Write a new version.")
TEXT_OVERTAKEN = _text(
    "overtaken",
    "H12",
    "Version {newer}, which is newer, is approved from {day}: this one would take its place unseen. Say no "
    "to it, or write its words into a new version.",
)
TEXT_GONE = _text(
    "gone", "H12", "This version is not the newest of the program any more. Look at the texts again."
)
TEXT_HEAD = _text(
    "head",
    "H12",
    "This draft is {kind} in {language}, and its head says something else. Change the head back.",
)
TEXT_UNASKED = _text(
    "unasked", "H12", "Version {number} is still being written. Let it be put before you first."
)
TEXT_SHIPPED = _text(
    "shipped",
    "H12",
    "Version {number} comes with the program and stays. Only a draft that was written here can be deleted.",
)
TEXT_LAST = _text(
    "last",
    "H12",
    "No other English text of this kind is in force. Approve one first, then withdraw this one.",
)
TEXT_NOT_APPROVED = _text(
    "not-approved", "H12", "Version {number} is not approved. There is nothing to withdraw."
)
