"""What each function key and each Ctrl chord means: one thing, in every place where it works.

A test holds the commands of the whole window to this list, and whoever looks for a command finds it by these
words too. One key may serve several commands where they are the same deed done to another thing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic_desktop.ui.i18n import QT_TR_NOOP


@dataclass(frozen=True, slots=True)
class Meaning:
    """The words, marked for translation, and the deeds: the last parts of the ids of commands."""

    words: str
    deeds: frozenset[str]


def _means(words: str, *deeds: str) -> Meaning:
    return Meaning(words, frozenset(deeds))


_ALL_KEYS = _means(QT_TR_NOOP("All keys"), "all")
_ZOOM_IN = _means(QT_TR_NOOP("Zoom in"), "zoom-in")
_REDO = _means(QT_TR_NOOP("Do what was undone again"), "redo")
# The n-th of what a place has side by side: its views, its parts, its patients.
_NTH = _means(
    QT_TR_NOOP("By number"),
    *("rooms", "staff", "week", "list", "day", "month", "dates", "on-today", "on-next", "on-after"),
    "on-day-after",
    *("clinic", "hours", "treatments", "types", "courses", "going-home", "policies", "repairs"),
    "forms",
    "drugs",
    *(f"pick-{n}" for n in range(1, 10)),
)

MEANINGS: Mapping[str, Meaning] = {
    "F1": _ALL_KEYS,
    "F2": _means(QT_TR_NOOP("Arrived"), "arrived"),
    "F3": _means(QT_TR_NOOP("Book"), "book"),
    "F4": _means(QT_TR_NOOP("Openings"), "openings"),
    "F5": _means(QT_TR_NOOP("The next step is done"), "next", "hand-over"),
    "F6": _means(QT_TR_NOOP("Next part of the window"), "next-part"),
    "F7": _means(
        QT_TR_NOOP("The next one to see to"),
        "trouble",
        "unclosed",
        "next-sheet",
        "next-call",
        "next-form",
        "next-problem",
    ),
    "F8": _means(QT_TR_NOOP("Confirm"), "confirm"),
    "F9": _means(QT_TR_NOOP("The driver is confirmed, or here"), "confirm-driver", "driver-here"),
    "F10": _means(QT_TR_NOOP("Menu"), "menu"),
    "F11": _means(QT_TR_NOOP("How long it stays"), "length"),
    "F12": _means(QT_TR_NOOP("Call for help"), "call-help"),
    "Shift+F12": _means(QT_TR_NOOP("To the alarm"), "to-alarm"),
    "Shift+F7": _means(QT_TR_NOOP("To what is due next"), "next-due"),
    "Shift+F8": _means(QT_TR_NOOP("Say no"), "no"),
    "Shift+F11": _means(QT_TR_NOOP("The lobby view"), "lobby"),
    "Shift+F4": _means(QT_TR_NOOP("The folder for backups"), "backup-folder"),
    "Shift+F3": _means(QT_TR_NOOP("Several PCs"), "several-pcs"),
    "Shift+F5": _means(QT_TR_NOOP("A name for this PC on the server"), "desk-name"),
    "Shift+F9": _means(QT_TR_NOOP("Back up now"), "back-up"),
    "Shift+F2": _means(QT_TR_NOOP("What was kept while the server was away"), "kept-meanwhile"),
    "Shift+F6": _means(QT_TR_NOOP("Previous part of the window"), "previous-part"),
    "Ctrl+/": _ALL_KEYS,
    "Ctrl+B": _means(
        QT_TR_NOOP("The visit on the board, and from there on the floor"), "board", "floor", "show-on-board"
    ),
    "Ctrl+D": _means(QT_TR_NOOP("The driver"), "driver", "name-driver"),
    "Ctrl+E": _means(QT_TR_NOOP("Another end"), "end"),
    "Ctrl+F": _means(QT_TR_NOOP("Find: a patient, words in a text"), "find"),
    "Ctrl+G": _means(QT_TR_NOOP("Go to a date"), "go-to"),
    "Ctrl+H": _means(QT_TR_NOOP("History: what was recorded"), "history", "log"),
    "Ctrl+I": _means(QT_TR_NOOP("The side panel"), "toggle"),
    "Ctrl+J": _means(QT_TR_NOOP("Whom to call"), "who-could-come", "whom"),
    "Ctrl+K": _means(QT_TR_NOOP("Search"), "search"),
    "Ctrl+L": _means(QT_TR_NOOP("What became of a drug"), "drug-log"),
    "Ctrl+M": _means(QT_TR_NOOP("Move"), "move"),
    "Ctrl+N": _means(QT_TR_NOOP("New"), "new", "add"),
    "Ctrl+O": _means(QT_TR_NOOP("Open the patient"), "patient"),
    "Ctrl+P": _means(QT_TR_NOOP("Print"), "sheet", "print", "card"),
    "Ctrl+Q": _means(QT_TR_NOOP("Quit"), "quit"),
    "Ctrl+R": _means(QT_TR_NOOP("Release"), "release"),
    "Ctrl+S": _means(QT_TR_NOOP("Save"), "save", "export"),
    "Ctrl+T": _means(QT_TR_NOOP("To see to"), "to-see"),
    "Ctrl+U": _means(QT_TR_NOOP("Put back"), "put-back"),
    "Ctrl+W": _means(QT_TR_NOOP("Write: edit it, record it"), "edit", "line", "note"),
    "Ctrl+Y": _REDO,
    "Ctrl+Z": _means(QT_TR_NOOP("Undo"), "undo"),
    "Ctrl+Home": _means(QT_TR_NOOP("Today"), "today"),
    "Ctrl+Shift+A": _means(QT_TR_NOOP("Act as somebody else"), "act-as"),
    "Ctrl+Shift+B": _means(QT_TR_NOOP("To the pinboard"), "pinboard"),
    "Ctrl+Shift+C": _means(QT_TR_NOOP("Clear for a treatment"), "clear"),
    "Ctrl+Shift+D": _means(QT_TR_NOOP("Allow without a driver"), "override"),
    "Ctrl+Shift+E": _means(QT_TR_NOOP("Cancelled and missed"), "ended"),
    "Ctrl+Shift+F": _means(QT_TR_NOOP("Before the first treatment"), "before-first"),
    "Ctrl+Shift+G": _means(QT_TR_NOOP("Repair the day"), "repair-day"),
    "Ctrl+Shift+H": _means(QT_TR_NOOP("End of the day"), "end-of-day"),
    "Ctrl+Shift+I": _means(QT_TR_NOOP("Import"), "import"),
    "Ctrl+Shift+J": _means(QT_TR_NOOP("Merge"), "merge"),
    "Ctrl+Shift+K": _means(QT_TR_NOOP("The wall view"), "wall"),
    "Ctrl+Shift+L": _means(QT_TR_NOOP("Check list"), "check_list"),
    "Ctrl+Shift+M": _means(QT_TR_NOOP("Messages"), "messages"),
    "Ctrl+Shift+N": _means(QT_TR_NOOP("Plan a course"), "plan"),
    "Ctrl+Shift+O": _means(QT_TR_NOOP("Order"), "order"),
    "Ctrl+Shift+P": _means(QT_TR_NOOP("Print the day, or the same again"), "again", "print-day"),
    "Ctrl+Shift+Q": _means(QT_TR_NOOP("Scores: a questionnaire"), "scores"),
    "Ctrl+Shift+R": _means(QT_TR_NOOP("Repair list"), "repairs"),
    "Ctrl+Shift+S": _means(QT_TR_NOOP("The receipt"), "receipt"),
    "Ctrl+Shift+T": _means(QT_TR_NOOP("To-place list"), "to-place"),
    "Ctrl+Shift+U": _means(QT_TR_NOOP("Who runs out"), "running_out"),
    "Ctrl+Shift+V": _means(QT_TR_NOOP("Park on the pinboard"), "park"),
    "Ctrl+Shift+W": _means(QT_TR_NOOP("Waitlist"), "waitlist"),
    "Ctrl+Shift+X": _means(QT_TR_NOOP("Copy the text"), "copy"),
    "Ctrl+Shift+Y": _means(QT_TR_NOOP("Payer, package or devices"), "payer"),
    "Ctrl+Shift+Z": _REDO,
    "Ctrl+Shift+Del": _means(QT_TR_NOOP("Remove"), "remove"),
    "Ctrl+F1": _means(QT_TR_NOOP("Lock now"), "lock"),
    "Ctrl+Shift+F1": _means(QT_TR_NOOP("My password and PIN"), "my-password"),
    "Ctrl+F2": _means(QT_TR_NOOP("Read the pages"), "read"),
    "Ctrl+F3": _means(QT_TR_NOOP("Printer, copies, both sides"), "printer"),
    "Ctrl+F5": _means(QT_TR_NOOP("Preparation sheets of the day"), "prepare-day"),
    "Ctrl+Shift+F2": _means(QT_TR_NOOP("Backups"), "backups"),
    "Ctrl+Shift+F4": _means(QT_TR_NOOP("Restore a backup"), "restore"),
    "Ctrl+Shift+F3": _means(QT_TR_NOOP("Insert"), "insert"),
    "Ctrl+Shift+F5": _means(QT_TR_NOOP("Compare"), "compare"),
    "Ctrl+F6": _means(QT_TR_NOOP("Smaller text"), "smaller"),
    "Ctrl+F7": _means(QT_TR_NOOP("Larger text"), "larger"),
    "Ctrl+F8": _means(QT_TR_NOOP("Text size as usual"), "usual"),
    "Ctrl+F9": _means(QT_TR_NOOP("Light"), "light"),
    "Ctrl+F10": _means(QT_TR_NOOP("Dark"), "dark"),
    "Ctrl+F11": _means(QT_TR_NOOP("As the computer's"), "system"),
    "Ctrl+F12": _means(QT_TR_NOOP("Crisis call"), "crisis"),
    "Ctrl+Shift+F6": _means(QT_TR_NOOP("Its folder"), "paper-folder"),
    "Ctrl+Shift+F7": _means(QT_TR_NOOP("Correct what was recorded"), "correct"),
    "Ctrl+Shift+F8": _means(QT_TR_NOOP("What a prescriber said"), "told"),
    "Ctrl+Shift+F9": _means(QT_TR_NOOP("Paper for a day without the program"), "fail-safe"),
    "Ctrl+Shift+F10": _means(QT_TR_NOOP("Encryption: what opens the clinic"), "encryption"),
    "Ctrl+Shift+F11": _means(QT_TR_NOOP("Test the sound"), "test-sound"),
    "Ctrl+Shift+F12": _means(QT_TR_NOOP("Answer the alarm"), "answer-alarm"),
    "Ctrl++": _ZOOM_IN,
    "Ctrl+=": _ZOOM_IN,
    "Ctrl+-": _means(QT_TR_NOOP("Zoom out"), "zoom-out"),
    **{f"Ctrl+{n}": _NTH for n in range(1, 10)},
    **{f"Ctrl+Shift+{n}": _means(QT_TR_NOOP("Saved view"), f"view-{n}") for n in range(1, 10)},
    "Ctrl+0": Meaning(QT_TR_NOOP("All of it: as it fits, the last by number"), _NTH.deeds | {"whole"}),
}
_TAKE = QT_TR_NOOP("Take it: what the panel's main button says")
_READ_ON = QT_TR_NOOP("Read on, and back: what a panel says where it has no room for all of it")
# What panels and forms answer to by themselves, beside the commands of places.
IN_PANELS: Mapping[str, str] = {
    "Ctrl+Return": _TAKE,
    "Ctrl+Enter": _TAKE,
    "Ctrl+Shift+Return": QT_TR_NOOP("Take a part of it"),
    "Ctrl+Del": QT_TR_NOOP("Remove the line"),
    "PgDown": _READ_ON,
    "PgUp": _READ_ON,
}
