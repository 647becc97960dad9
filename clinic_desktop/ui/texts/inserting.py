"""Facts and statements that a text may have: typed letters narrow them down, Enter puts one into the text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from clinic_desktop.aftercare.fields import FIELDS, NEEDED_FIELDS
from clinic_desktop.aftercare.text_trial import Said, fields_of
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.narrowing import Narrowing
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.texts.words import statement_name
from clinic_desktop.ui.widgets.rows import Row


@dataclass(frozen=True, slots=True)
class Piece:
    """What can be put in, or gone to: a statement that is said already has a line."""

    row: Row
    words: str = ""
    own_line: bool = False
    line: int = 0


def pieces(kind: str, said: Sequence[Said]) -> list[Piece]:
    """Statements that are missing first, then facts, then the statements that are said."""
    missing = [one for one in said if not one.line]
    there = [one for one in said if one.line]
    return [*map(_statement, missing), *_facts(kind), *map(_statement, there)]


def _statement(one: Said) -> Piece:
    name = statement_name(one.number)
    if not one.line:
        row = Row(name, tr("Every text of this kind has to say it."), badge=tr("missing"), tone=Tone.DANGER)
        return Piece(row, f"[{one.number}] ", own_line=True)
    return Piece(Row(name, badge=tr("said, line {line}").format(line=one.line), tone=Tone.OK), line=one.line)


def _facts(kind: str) -> Iterator[Piece]:
    needed = NEEDED_FIELDS.get(kind, frozenset())
    for name, label in fields_of(kind).items():
        field = FIELDS[name]
        wish = " or skip" if field.may_skip else ""
        need = tr("Without it no sheet is printed.")
        detail = tr("Where it is not known, its sentence is left out.") if field.may_skip else need
        if field.whole_line:
            detail = tr("On a line of its own.")
        row = Row(f"{{{{{name}}}}}: {label}", detail, badge=tr("needed") if name in needed else "")
        yield Piece(row, f"{{{{{name}{wish}}}}}", own_line=field.whole_line)


class Inserting(Narrowing[Piece]):
    """``take`` gets the chosen piece after the dialog has closed."""

    def __init__(self, parent: QWidget, pieces: Sequence[Piece], take: Callable[[Piece], object]) -> None:
        self._all, self._to = pieces, take
        name = tr("Facts and statements")
        hint = tr("Type a few letters, such as driver or alcohol")
        about = tr("Facts are filled in for each visit. Statements are what every sheet of this kind says.")
        super().__init__(parent, name, name, hint, about, wrap=True)

    @classmethod
    def ask(cls, parent: QWidget, pieces: Sequence[Piece], take: Callable[[Piece], object]) -> "Inserting":
        made = cls(parent, pieces, take)
        made.open()
        return made

    def found(self, typed: str) -> Sequence[Piece]:
        wanted = typed.casefold().split()
        return [one for one in self._all if all(word in one.row.spoken.casefold() for word in wanted)]

    def row_of(self, one: Piece) -> Row:
        return one.row

    def taken(self, one: Piece) -> None:
        self._to(one)
