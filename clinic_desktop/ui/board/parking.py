"""Parking by mouse: what is dragged off the board onto the pinboard, and from its tray onto the board."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint

from clinic_desktop.ui.board.bar import ViewBar
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.board_view import BoardView
from clinic_desktop.ui.board.park_zone import ParkZone
from clinic_desktop.ui.board.pin_tray import PinTray


class Parking(QObject):
    """``park`` is told the visit that was let go over the zone or the tray, or for which it was clicked."""

    def __init__(
        self, board: BoardView, bar: ViewBar, tray: PinTray, park: Callable[[Block], object]
    ) -> None:
        super().__init__(board)
        self._board, self._tray, self._park = board, tray, park
        self.zone = ParkZone(bar)
        self.zone.clicked.connect(self._clicked)
        board.aside = self.takes
        board.let_go_aside.connect(park)
        board.carrying.began.connect(self.zone.appear)
        board.carrying.ended.connect(self._over)
        tray.list.dragged_to.connect(board.carry_to)
        tray.list.let_go_at.connect(board.let_go_at)

    def takes(self, at: QPoint) -> bool:
        """Whether what is held over that point of the screen would be parked; it shows so."""
        on_tray = self._tray.isVisible() and self._tray.rect().contains(self._tray.mapFromGlobal(at))
        hot = on_tray or self.zone.holds(at)
        self.zone.set_hot(hot)
        self._tray.show_takes(hot)
        return hot

    def _clicked(self) -> None:
        carried = self._board.carrying.carried
        if carried is not None and not carried.saving:
            self._board.carrying.end()
            self._park(carried.block)

    def _over(self) -> None:
        self.zone.hide()
        self._tray.show_takes(False)
