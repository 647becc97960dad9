"""Keys that no command has, for whoever looks for them among all keys: panels and lists answer to them."""

from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.floor.entries import ENTRIES, Entry
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.key_meanings import IN_PANELS

CORRECT = Command(
    "told.correct",
    QT_TR_NOOP("Correct or strike out what was recorded: on its line, on the floor"),
    ("Return",),
    also=QT_TR_NOOP("mistake wrong change amend entry"),
)
OVERRIDE = Command(
    "told.override",
    QT_TR_NOOP("Override a rule: book or move there, then give a reason, where you may"),
    ("Return",),
    also=QT_TR_NOOP("refused exception go over"),
)
_WALK = QT_TR_NOOP("walk previous select patient")
# What the board does with keys that are not commands: they move what stands on it.
ON_THE_BOARD = (
    Command("told.walk", QT_TR_NOOP("Next visit of the board; [ is the one before"), ("]",), also=_WALK),
    Command("told.now", QT_TR_NOOP("To now, on the board"), ("Home",), also=QT_TR_NOOP("current time")),
    Command("told.lift", QT_TR_NOOP("Pick the visit of the board up, and put it down"), ("Space",)),
    Command("told.range", QT_TR_NOOP("Select a stretch of time on the board"), ("Shift+Down",)),
)


IN_THE_LINE = QT_TR_NOOP("in the floor's line")
INCIDENT = Command(
    "told.incident",
    QT_TR_NOOP("Incident, like a fall: N and what happened, then T and whom you told"),
    ("N",),
    hint=IN_THE_LINE,
    also=QT_TR_NOOP("accident fell harm injury reaction report note"),
)
# Other words for what is recorded there.
_ALSO = {
    "asked": QT_TR_NOOP("ask before dose food drink liquids fasting spray pregnancy medicines oximeter"),
    "vitals": QT_TR_NOOP("blood pressure pulse oxygen bp sat"),
    "dose": QT_TR_NOOP("device spray lot spravato"),
    "begin": QT_TR_NOOP("infusion start ketamine"),
}


def told_keys() -> list[Command]:
    """What is told and not run: where a key belongs to what has the focus."""
    keys: dict[str, list[str]] = {}
    for key, words in IN_PANELS.items():
        keys.setdefault(words, []).append(key)
    panels = [Command(f"told.{held[0]}", words, tuple(held)) for words, held in keys.items()]
    return [CORRECT, OVERRIDE, INCIDENT, *ON_THE_BOARD, *panels, *(_typed(one) for one in ENTRIES)]


def _typed(entry: Entry) -> Command:
    """What a line of the floor may begin with: a letter, or a word."""
    word = entry.words[0]
    also = " ".join((*entry.words, *([tr(_ALSO[word])] if word in _ALSO else [])))
    return Command(f"told.line.{word}", entry.label, (entry.begins,), hint=IN_THE_LINE, also=also)
