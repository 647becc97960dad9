"""What a right click offers: every command that has to do with what was clicked."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from clinic_desktop.ui.board import commands
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.board import Board
from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.places import Frame

_OF_A_VISIT = (
    commands.NEXT,
    commands.ARRIVED,
    commands.CONFIRM,
    commands.CONFIRM_DRIVER,
    commands.MOVE,
    commands.LENGTH,
    commands.REPAIR_DAY,
    commands.DRIVER,
    commands.PATIENT,
    commands.SHEET,
    commands.FLOOR,
    commands.OPENINGS,
    commands.PLAN,
    commands.PARK,
    commands.CANCEL,
)
_OF_WHO_NEVER_CAME = (
    commands.PATIENT,
    commands.BOOK,
    commands.WHO_COULD_COME,
    commands.ARRIVED,
    commands.ENDED,
)
_OF_A_CELL = (
    commands.BOOK,
    commands.OPENINGS,
    commands.PLAN,
    commands.TO_PLACE,
    commands.WHO_COULD_COME,
    commands.REPAIR_DAY,
    commands.ENDED,
)


class BoardMenu:
    """Pops up for what is in the hand, an offered time, a visit, or a free cell."""

    def __init__(self, frame: Frame, board: Board) -> None:
        self._frame, self._board = frame, board

    def open(self, at: QPoint) -> None:
        menu = QMenu(self._board.page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._board.page.board.carrying.holding:
            self._add_of_the_hand(menu)
        else:
            self._add_offered(menu)
            for command in offered_for(self._board.selected_block):
                menu.addAction(self._frame.commands.action(command.id))
        menu.popup(at)

    def _add_of_the_hand(self, menu: QMenu) -> None:
        """What keys do to a visit in the hand."""
        view = self._board.page.board
        _add(menu, tr("Let it go here"), view.carrying.drop).setEnabled(view.carrying.may_drop)
        nearest = _add(menu, tr("To the nearest time that fits"), view.take_nearest)
        nearest.setEnabled(view.carrying.nearest is not None)
        _add(menu, tr("Put it back"), view.carrying.end)

    def _add_offered(self, menu: QMenu) -> None:
        view = self._board.page.board
        number = view.ghost_at(view.cursor_cell) if view.cursor_cell is not None else None
        if number is not None and not self._board.page.lists:
            words = tr("Take this time: {what}").format(what=view.ghosts[number].label)
            _add(menu, words, partial(view.ghost_picked.emit, number))
            menu.addSeparator()


def _add(menu: QMenu, text: str, handler: Callable[[], object]) -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(lambda: handler())  # noqa: PLW0108  (it would be told whether it is checked)
    return action


def offered_for(block: Block | None) -> Sequence[Command]:
    """For a visit; for a free cell where there is none."""
    if block is None:
        return _OF_A_CELL
    return _OF_WHO_NEVER_CAME if block.gone else _OF_A_VISIT
