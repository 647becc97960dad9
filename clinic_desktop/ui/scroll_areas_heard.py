"""Scroll areas as assistive software hears them: a part that is gone is none, and does not end the program.

Qt (seen in 6.10.3 and 6.11.3) looks up a part of a scroll area by its number in a list of those that are
shown, and never checks that the list is that long. Whoever counts, and asks when a scroll bar went in
between, makes it read past the end, and the program dies. So scroll areas are answered for by Qt's own
interface for any widget, which checks; Qt uses it for its text editors. It counts bars that are not shown
too, as invisible.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractScrollArea, QAccessibleWidget

# Qt asks by the name of each class of an object, from its own up. Lists, tables and texts have interfaces of
# their own, which check, and are met before it comes to these.
_UNCHECKED = frozenset({"QScrollArea", "QAbstractScrollArea"})


def _heard(class_name: str, asked: QObject) -> QAccessibleInterface | None:
    if class_name in _UNCHECKED and isinstance(asked, QAbstractScrollArea):
        return QAccessibleWidget(asked, QAccessible.Role.Client)
    return None


def keep_scroll_areas_safe() -> None:
    """Install it for every scroll area of the program: once, before anything is shown."""
    QAccessible.installFactory(_heard)
