"""What can be done in a dialog, or on a page before a clinic is open, and by which keys: F1 says it there."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHBoxLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.choice_list import ChoiceList
from clinic_desktop.ui.widgets.label import label

_CAPS = 96  # px of the keys' column
_TABBED = Qt.FocusPolicy.TabFocus.value


class DialogKeys(QWidget):
    """A line for each key. It takes no focus: whoever reads it goes on where they were."""

    def __init__(self, dialog: QWidget, *more: tuple[str, str]) -> None:
        super().__init__()
        lines = [*keys_of(dialog), *more]
        self.spoken = " ".join(f"{keys}: {words}" for keys, words in lines)
        self.setAccessibleName(tr("What can be done here"))
        self.setAccessibleDescription(self.spoken)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(tr("What can be done here"), TextRole.STRONG))
        for keys, words in lines:
            row = QHBoxLayout()
            row.setSpacing(12)
            cap = label(keys, TextRole.STRONG)
            cap.setMinimumWidth(theme().px(_CAPS))
            row.addWidget(cap, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(words, TextRole.BODY, "second", wrap=True), 1)
            column.addLayout(row)

    def say(self) -> None:
        """For a screen reader."""
        announce(self, self.spoken)


def keys_of(dialog: QWidget) -> Iterable[tuple[str, str]]:
    """The keys of a dialog as a cap shows them, and what each does there now."""
    shown = [one for one in dialog.findChildren(QWidget) if one.isVisibleTo(dialog)]
    for one in shown:
        if isinstance(one, QAbstractButton) and one.isEnabled() and (key := getattr(one, "key", "")):
            yield key_text(key), _does(one)
    lists = [one for one in shown if isinstance(one, QAbstractItemView)]
    if any(isinstance(one, ChoiceList) for one in lists):
        yield tr("1 to 9"), tr("To that line of the list.")
    if any(isinstance(one, QTableView) and one.editTriggers() for one in lists):
        yield tr("Arrows, Enter"), tr("To another cell.")
        yield tr("Typing"), tr("Writes the cell anew. F2 goes on in what stands there; Space turns a tick.")
    elif lists:
        yield tr("Up, Down"), tr("To another line of the list.")
    if sum(bool(one.focusPolicy().value & _TABBED) and one.isEnabled() for one in shown) > 1:
        yield tr("Tab"), tr("To the next field or button; Shift Tab goes back.")
    for action in dialog.actions():
        if action.isEnabled() and action.shortcuts():
            yield key_text(action.shortcuts()[0].toString()), _ended(action.text())
    if dialog.isWindow():
        yield "F1", tr("Shows this, and puts it away. After Esc it shows all keys of the page behind.")


def _does(button: QAbstractButton) -> str:
    """What it says on it, and what is missing for it yet."""
    words = _ended(button.text() or button.accessibleName())
    missing = getattr(button, "missing", ())
    if missing:
        words += " " + _ended(tr("First: {what}").format(what="; ".join(missing).rstrip(".")))
    return words


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
