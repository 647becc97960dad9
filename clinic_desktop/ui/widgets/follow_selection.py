"""What a screen reader selects becomes the current row, as if the arrows had gone there.

Asked through accessibility, Qt's lists and tables select a row and leave the current one where it was: they
would show one row as chosen, and Enter would act on another.
"""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView


class _Follower(QObject):
    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        # Arrows and the mouse select first and move then: only what is left after that is followed.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._follow)
        view.selectionModel().selectionChanged.connect(self._later.start)

    def _follow(self) -> None:
        chosen, current = self._view.selectionModel().selectedIndexes(), self._view.currentIndex()
        if not chosen or any(one.row() == current.row() for one in chosen):
            return
        column = current.column() if current.isValid() else chosen[0].column()
        self._view.setCurrentIndex(chosen[0].siblingAtColumn(column))


def follow_selection(view: QAbstractItemView) -> None:
    """To be called once the view has its model."""
    _Follower(view)
