"""How tall an hour of the board is, in steps of what fits the window; this computer remembers it."""

from clinic_desktop.ui.board.board_surface import BoardSurface
from clinic_desktop.ui.settings_store import Setting, SettingsStore

LEVELS = (50, 65, 80, 100, 125, 150, 200, 250, 300, 400)  # per cent
WHOLE = 100
ZOOM = Setting("board/zoom", WHOLE)
_NOTCH = 120  # of a wheel


class Zoom:
    """What is looked at stays where it is: the time under the pointer, the cursor, or now."""

    def __init__(self, view: BoardSurface, settings: SettingsStore | None) -> None:
        self._view, self._settings = view, settings
        self._turned = 0
        self.level = WHOLE
        self._take(settings.get(ZOOM) if settings is not None else WHOLE)

    def step(self, direction: int, at: float | None = None) -> bool:
        """One step in (1) or out (-1); False when an hour gets no taller or lower. ``at``: height in the view
        of what stays in place."""
        before, was = self._view.grid.per_minute, self.level
        for level in _beyond(was, direction):
            self._show(level, at)
            if self._view.grid.per_minute != before:
                self._remember()
                return True
        self._show(was, at)
        return False

    def to(self, level: int) -> None:
        """A level that was saved, or the height that fits."""
        self._show(level if level in LEVELS else WHOLE, None)
        self._remember()

    def wheel(self, turned: int, at: float) -> None:
        """The wheel with Ctrl; a touch pad turns it by little at a time."""
        self._turned += turned
        while abs(self._turned) >= _NOTCH:
            direction = 1 if self._turned > 0 else -1
            self._turned -= direction * _NOTCH
            self.step(direction, at)

    def _take(self, level: int) -> None:
        self.level = level if level in LEVELS else WHOLE
        self._view.frame_parts.zoom = self.level / 100

    def _show(self, level: int, at: float | None) -> None:
        bar = self._view.verticalScrollBar()
        at = self._looked_at() if at is None else at
        minute = self._view.grid.minute_at(at + bar.value())
        self._take(level)
        self._view.refit()
        bar.setValue(round(self._view.grid.y(minute) - at))

    def _looked_at(self) -> float:
        """The height in the view of the visit that is selected, the cursor, or now; else the middle."""
        view, scene = self._view, self._view.scene
        height = view.viewport().height()
        placed = view.placed_of(view.selected_visit)
        minutes = [placed.block.start] if placed else []
        minutes += [view.cursor_cell.minute] if view.cursor_cell else []
        minutes += [scene.now] if scene is not None and scene.shows_today else []
        heights = (view.grid.y(one) - view.verticalScrollBar().value() for one in minutes)
        return next((one for one in heights if 0 <= one <= height), height / 2)

    def _remember(self) -> None:
        if self._settings is not None:
            self._settings.set(ZOOM, self.level)


def _beyond(level: int, direction: int) -> tuple[int, ...]:
    """The levels further in a direction, the next one first."""
    place = LEVELS.index(level)
    return LEVELS[place + 1 :] if direction > 0 else LEVELS[:place][::-1]
