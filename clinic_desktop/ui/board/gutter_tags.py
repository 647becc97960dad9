"""The times that are marked beside the hours: now, and where the cursor is."""

from dataclasses import dataclass

from clinic_desktop.ui.board.grid import Grid
from clinic_desktop.ui.board.scene import Scene
from clinic_desktop.ui.theme import theme

HEIGHT = 19


@dataclass(frozen=True, slots=True)
class Tag:
    """A minute, the height at which it is drawn, and its colours by name."""

    minute: int
    y: float
    fill: str
    ink: str


def tags_of(scene: Scene, grid: Grid, cursor: int | None) -> list[Tag]:
    """The tag of now stands where it is; the cursor's goes aside where it would lie on that."""
    out = []
    if scene.shows_today and scene.first <= scene.now <= scene.last:
        out.append(Tag(scene.now, grid.y(scene.now), "now", "on_danger"))
    if cursor is not None:
        y = _beside(out[0].y, grid.y(cursor), grid) if out else grid.y(cursor)
        out.append(Tag(cursor, y, "accent", "on_accent"))
    return out


def _beside(now: float, y: float, grid: Grid) -> float:
    """As near to ``y`` as both can be read: above or below, where there is room."""
    step = theme().px(HEIGHT) + 1
    if abs(y - now) >= step:
        return y
    above, below = now - step, now + step
    if y < now:
        return above if above >= step / 2 else below
    return below if below <= grid.height - step / 2 else above
