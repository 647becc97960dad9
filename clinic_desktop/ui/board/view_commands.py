"""What the commands do to the way the board is looked at."""

from collections.abc import Sequence
from functools import partial

from clinic_desktop.ui.board import commands
from clinic_desktop.ui.board.board import Board
from clinic_desktop.ui.board.zoom import WHOLE
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.places import Frame


class ViewCommands:
    """Zooming. The list has nothing to zoom, and says so."""

    def __init__(self, frame: Frame, board: Board) -> None:
        self._frame, self._board = frame, board

    def bound(self) -> Sequence[Bound]:
        by_time, otherwise = self._is_by_time, self._say_list
        return (
            Bound(commands.ZOOM_IN, partial(self._zoom, 1), by_time, otherwise=otherwise),
            Bound(commands.ZOOM_OUT, partial(self._zoom, -1), by_time, otherwise=otherwise),
            Bound(commands.WHOLE_DAY, self._whole, by_time, otherwise=otherwise),
        )

    def _is_by_time(self) -> bool:
        return not self._board.page.lists

    def _say_list(self) -> None:
        self._frame.say(tr("The list is not zoomed; Ctrl F7 makes its text larger"))

    def _zoom(self, direction: int) -> None:
        if self._board.zoom.step(direction):
            self._say_level()
        else:
            self._frame.say(tr("An hour gets no taller") if direction > 0 else tr("An hour gets no lower"))

    def _whole(self) -> None:
        self._board.zoom.to(WHOLE)
        self._say_level()

    def _say_level(self) -> None:
        self._frame.say(tr("Zoom {level} %").format(level=self._board.zoom.level))
