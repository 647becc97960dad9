"""Where the cards of the floor lie. Pure: cards and a width in, rectangles out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect

from clinic_desktop.ui.floor.card import Card, Group

MARGIN, GAP = 12, 10
CARD_WIDTH, CARD_HEIGHT, TROUBLE_HEIGHT, ALARM_HEIGHT = 380, 202, 24, 35
ROW_HEIGHT = {Group.COMING: 44, Group.UNCLOSED: 44, Group.DONE: 34, Group.AWAY: 34}
HEADING = 34

Px = Callable[[float], int]


@dataclass(frozen=True, slots=True)
class Heading:
    """The words over a group, and how many it has."""

    group: Group
    count: int
    rect: QRect


@dataclass(frozen=True, slots=True)
class Layout:
    """``rects`` one for each card, in their order; ``height`` of the whole surface."""

    rects: tuple[QRect, ...] = ()
    headings: tuple[Heading, ...] = ()
    height: int = 0


def lay_out(cards: Sequence[Card], width: int, px: Px) -> Layout:
    """Who is here as cards side by side, everybody else as rows; groups without anybody take no room."""
    inner, top = max(1, width - 2 * px(MARGIN)), 0
    rects: list[QRect] = []
    headings: list[Heading] = []
    for group in Group:
        mine = [one for one in cards if one.group is group]
        if not mine:
            continue
        headings.append(Heading(group, len(mine), QRect(px(MARGIN), top, inner, px(HEADING))))
        top += px(HEADING)
        placed = _cards(mine, inner, top, px) if group is Group.HERE else _rows(mine, inner, top, px)
        rects += placed
        top = max(one.bottom() for one in placed) + 1 + px(GAP)
    return Layout(tuple(rects), tuple(headings), top)


def columns_for(inner: int, px: Px) -> int:
    return max(1, (inner + px(GAP)) // (px(CARD_WIDTH) + px(GAP)))


def _cards(cards: Sequence[Card], inner: int, top: int, px: Px) -> list[QRect]:
    columns = columns_for(inner, px)
    width = (inner - (columns - 1) * px(GAP)) // columns
    out = []
    for start in range(0, len(cards), columns):
        line = cards[start : start + columns]
        height = px(CARD_HEIGHT + max(map(_marks, line)))
        out += [
            QRect(px(MARGIN) + column * (width + px(GAP)), top, width, height) for column in range(len(line))
        ]
        top += height + px(GAP)
    return out


def _marks(card: Card) -> int:
    """The height of what stands on a card besides the usual."""
    return (bool(card.trouble) + bool(card.alike)) * TROUBLE_HEIGHT + bool(card.alarm[0]) * ALARM_HEIGHT


def _rows(cards: Sequence[Card], inner: int, top: int, px: Px) -> list[QRect]:
    height = px(ROW_HEIGHT[cards[0].group])
    return [QRect(px(MARGIN), top + n * height, inner, height) for n in range(len(cards))]


def neighbour(rects: Sequence[QRect], row: int, across: int, down: int) -> int:
    """The card that lies nearest in a direction; the same one where there is none."""
    here = rects[row].center()
    best, found = 0.0, row
    for number, rect in enumerate(rects):
        step = rect.center() - here
        along, beside = (step.x() * across, step.y()) if across else (step.y() * down, step.x())
        if along <= 0 or (across and abs(beside) > rects[row].height() / 2):
            continue
        distance = along + abs(beside) * 2
        if found == row or distance < best:
            best, found = distance, number
    return found
