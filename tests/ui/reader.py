"""A screen reader at work: it asks widgets and rows for their actions, and never clicks or types."""

from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget


def actions(widget: QWidget) -> QAccessibleActionInterface:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    found = interface.actionInterface()
    assert found is not None, f"{type(widget).__name__} offers no action"
    return found


def act(widget: QWidget, action: str) -> None:
    """Do one of the actions that a widget offers, such as "Toggle" or "Press"."""
    offered = actions(widget)
    assert action in offered.actionNames(), offered.actionNames()
    offered.doAction(action)


def act_on_row(view: QAbstractItemView, row: int) -> None:
    """Toggle a row of a list or table, which is how a reader selects it."""
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface is not None
    place = row
    if isinstance(view, QTableView):  # its headings are children too, above and at the left
        place = (row + 1) * (view.model().columnCount() + 1) + 1
    item = interface.child(place).actionInterface()
    assert item is not None
    item.doAction("Toggle")


def set_text(widget: QWidget, text: str) -> None:
    """Put a text into a field as a reader does, or dictation: no key is pressed."""
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    interface.setText(QAccessible.Text.Value, text)
