"""Where the cards and tiles of the floor lie. Pure: rows and a width in, rectangles out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect

from clinic_desktop.ui.floor.card import Card, Group
from clinic_desktop.ui.floor.tile import Row

MARGIN, GAP = 12, 10
CARD_WIDTH, CARD_HEIGHT, TROUBLE_HEIGHT, ALARM_HEIGHT = 380, 232, 24, 35
TILE_HEIGHT = 54
ROW_HEIGHT = {Group.COMING: 44, Group.UNCLOSED: 44, Group.DONE: 34, Group.AWAY: 34}
HEADING = 34

Px = Callable[[float], int]


@dataclass(frozen=True, slots=True)
class Heading:
    """The words over a group, and how many patients it has."""

    group: Group
    count: int
    rect: QRect


@dataclass(frozen=True, slots=True)
class Layout:
    """``rects`` one for each card, in their order; ``height`` of the whole surface."""

    rects: tuple[QRect, ...] = ()
    headings: tuple[Heading, ...] = ()
    height: int = 0


def lay_out(rows: Sequence[Row], width: int, px: Px) -> Layout:
    """Rooms and who is here side by side, everybody else below each other; groups without anybody take no
    room."""
    inner, top = max(1, width - 2 * px(MARGIN)), 0
    rects: list[QRect] = []
    headings: list[Heading] = []
    for group in Group:
        mine = [one for one in rows if _group(one) is group]
        if not mine:
            continue
        headings.append(
            Heading(
                group, sum(isinstance(one, Card) for one in mine), QRect(px(MARGIN), top, inner, px(HEADING))
            )
        )
        top += px(HEADING)
        placed = _cards(mine, inner, top, px) if group is Group.HERE else _rows(mine, group, inner, top, px)
        rects += placed
        top = max(one.bottom() for one in placed) + 1 + px(GAP)
    return Layout(tuple(rects), tuple(headings), top)


def _group(row: Row) -> Group:
    """Rooms stand among those who are here."""
    return row.group if isinstance(row, Card) else Group.HERE


def columns_for(inner: int, px: Px) -> int:
    return max(1, (inner + px(GAP)) // (px(CARD_WIDTH) + px(GAP)))


def _cards(cards: Sequence[Row], inner: int, top: int, px: Px) -> list[QRect]:
    """Each in its column, whoever comes and goes; a room without anybody takes no more than it says."""
    columns = columns_for(inner, px)
    width = (inner - (columns - 1) * px(GAP)) // columns
    tops, out = [top] * columns, []
    for number, card in enumerate(cards):
        column = number % columns
        out.append(QRect(px(MARGIN) + column * (width + px(GAP)), tops[column], width, px(_height(card))))
        tops[column] += out[-1].height() + px(GAP)
    return out


def _height(row: Row) -> int:
    """Of a card with what stands on it besides the usual; a room without anybody needs little."""
    if not isinstance(row, Card):
        return TILE_HEIGHT
    marks = bool(row.trouble) + bool(row.alike) + bool(row.only_here)
    return CARD_HEIGHT + marks * TROUBLE_HEIGHT + bool(row.alarm[0]) * ALARM_HEIGHT


def _rows(cards: Sequence[Row], group: Group, inner: int, top: int, px: Px) -> list[QRect]:
    height = px(ROW_HEIGHT[group])
    return [QRect(px(MARGIN), top + n * height, inner, height) for n in range(len(cards))]


def neighbour(rects: Sequence[QRect], row: int, across: int, down: int) -> int:
    """The card that lies nearest in a direction; the same one where there is none."""
    here = rects[row].center()
    best, found = 0.0, row
    for number, rect in enumerate(rects):
        step = rect.center() - here
        along, beside = (step.x() * across, step.y()) if across else (step.y() * down, step.x())
        if along <= 0 or (across and not _beside(rect, rects[row])):
            continue
        distance = along + abs(beside) * 2
        if found == row or distance < best:
            best, found = distance, number
    return found


def _beside(one: QRect, two: QRect) -> bool:
    """Whether some of both lies at the same height."""
    return one.top() <= two.bottom() and two.top() <= one.bottom()
