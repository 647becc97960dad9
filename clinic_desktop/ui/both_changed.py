"""Two desks changed one record: what was brought together, and field by field whose value stands.

Nothing stands chosen, nothing is saved before each field is decided, and whoever goes back has all that they
typed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from clinic_desktop.foundation.both_changed import Side
from clinic_desktop.ui.announce import sentences
from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.choice_list import Choice, ChoiceList
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.rows import Row

Decided = Callable[[Mapping[str, Side]], object]


@dataclass(frozen=True, slots=True)
class Open:
    """A field that both changed: its label, and in words what it was, what they and what I made of it."""

    name: str
    label: str
    was: str
    theirs: str
    mine: str


class _Field(QWidget):
    """One field to decide: 1 keeps mine, 2 takes theirs."""

    def __init__(self, one: Open, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.label = one.name, one.label
        values = (
            (tr("As it was"), one.was, "second"),
            (tr("Theirs"), one.theirs, ""),
            (tr("Mine"), one.mine, ""),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        said = [one.label]
        for row, (what, value, ink) in enumerate(values):
            shown = value or tr("nothing")
            grid.addWidget(label(what, TextRole.LABEL, "second"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(shown, TextRole.BODY, ink, wrap=True), row, 1)
            said.append(tr("{what}: {value}").format(what=what, value=shown))
        choices = [Choice(Side.MINE, Row(tr("Keep mine"))), Choice(Side.THEIRS, Row(tr("Take theirs")))]
        self.list = ChoiceList(choices, sentences(*said), self, begin=False, at_once=True)
        self.list.setFixedHeight(self.list.sizeHint().height())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(one.label, TextRole.STRONG))
        column.addLayout(grid)
        column.addWidget(self.list)

    @property
    def side(self) -> Side | None:
        return Side(self.list.current) if self.list.current else None


class BothChangedDialog(Dialog):
    """``on_decided`` gets the side of each open field once it is to be saved; Esc decides nothing."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        joined: Sequence[tuple[Side, str]],
        open_fields: Sequence[Open],
        on_decided: Decided,
    ) -> None:
        super().__init__(parent, title, sentences(text, _what_next(open_fields)), "swap")
        self._on_decided = on_decided
        self.fields = [_Field(one, self) for one in open_fields]
        for one in self.fields:
            self.body.addWidget(one)
            one.list.current_changed.connect(self._say_missing)
            one.list.picked.connect(self._go_on)
        for side, head in ((Side.THEIRS, tr("Theirs, taken in")), (Side.MINE, tr("Yours, kept"))):
            self._add_joined(head, [words for whose, words in joined if whose is side])
        self.add_leave_button(tr("Back to what I typed"))
        save = tr("Save both together") if joined else tr("Save what I chose")
        self.save = self.add_button(save, Kind.PRIMARY, key="Return")
        self.save.fired.connect(self._save)
        self.save.refused.connect(self._to_next)
        self._say_missing()
        self._to_next()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        title: str,
        text: str,
        joined: Sequence[tuple[Side, str]],
        open_fields: Sequence[Open],
        on_decided: Decided,
    ) -> "BothChangedDialog":
        """title: who changed it and when. joined: what one side alone changed, by whose it is."""
        made = cls(parent, title, text, joined, open_fields, on_decided)
        made.open()
        return made

    def _add_joined(self, head: str, lines: Sequence[str]) -> None:
        if not lines:
            return
        part = QVBoxLayout()
        part.setSpacing(2)
        part.addWidget(label(head, TextRole.STRONG))
        for words in lines:
            shown = label(words, TextRole.BODY, "second", wrap=True)
            shown.setAccessibleName(words.replace("→", tr("becomes")))
            part.addWidget(shown)
        self.body.addLayout(part)

    def _say_missing(self, _choice: str = "") -> None:
        names = ", ".join(one.label for one in self.fields if one.side is None)
        self.save.set_missing([tr("choose for {fields}").format(fields=names)] if names else [])

    def _go_on(self, _choice: str) -> None:
        self._to_next()

    def _to_next(self) -> None:
        """To the first field that nobody has decided yet, else to the button."""
        undecided = next((one.list for one in self.fields if one.side is None), None)
        (self.save if undecided is None else undecided).setFocus(Qt.FocusReason.TabFocusReason)

    def _save(self) -> None:
        choices = {one.name: one.side for one in self.fields if one.side is not None}
        self.accept()
        self._on_decided(choices)


def _what_next(open_fields: Sequence[Open]) -> str:
    if not open_fields:
        return tr("You changed other fields than they did: both stand together once it is saved.")
    return tr(
        "You both changed %n field(s). Choose for each whose stands; nothing is saved before.",
        "",
        len(open_fields),
    )
