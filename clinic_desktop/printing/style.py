"""Sizes and spaces of a page, all from the size of its body text."""

from dataclasses import dataclass

from clinic_desktop.foundation.document import TextRole

MARGIN = 36.0
"""Points at each edge: the half inch that every office printer can reach."""

HEAVY, MEDIUM, FINE = 3.0, 1.5, 0.75
"""Line weights in points; the finest still survives a fax."""


@dataclass(frozen=True, slots=True)
class Type:
    """How one kind of text is set: size and leading in points."""

    size: float
    leading: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """Everything a page needs to know about sizes.

    cuts: a short table, or a box that is no danger, may go on on the next page.
    """

    body: Type
    headings: tuple[Type, Type, Type]
    roles: dict[TextRole, Type]
    footer: Type
    head: Type
    tightness: float = 1.0
    cuts: bool = False

    @property
    def em(self) -> float:
        return self.body.size

    @property
    def gap(self) -> float:
        """What the spaces between blocks are measured in."""
        return self.body.size * self.tightness

    def heading(self, level: int) -> Type:
        return self.headings[min(level, 3) - 1]


TIGHTER = ((0.75, False), (0.5, False), (0.5, True))
"""How a document that is too long is set, one after the other: how tight, and whether it may cut what else
stays whole. Lines move a little closer, the head of the pages gets smaller; the text stays as large."""


def style_for(body_pt: float, tightness: float = 1.0, *, cuts: bool = False) -> Style:
    """Larger text grows its headings by points, not by a factor, so that they still fit a line.

    ``tightness``: 1 for the usual spaces between blocks, less for smaller ones.
    """
    body = Type(body_pt, body_pt * (1.12 + 0.16 * tightness))
    aside = max(10.0, body_pt * 0.75)
    small = max(9.0, body_pt * 0.6)
    head = min(12.0, body_pt) if tightness >= 1 else min(12.0, aside)
    return Style(
        body=body,
        headings=(
            _display(body_pt + 8),
            _display(body_pt + 2.5),
            _display(body_pt + 2),
        ),
        roles={
            TextRole.BODY: body,
            TextRole.SMALL: Type(aside, aside * 1.24),
            TextRole.CALLOUT: _display(body_pt + 2),
            TextRole.HEADLINE: _display(11.5 + body_pt * 2 / 3),
        },
        footer=Type(small, small * 1.3),
        head=Type(head, head * 1.28),
        tightness=tightness,
        cuts=cuts,
    )


def _display(size: float) -> Type:
    return Type(size, size * 1.24, bold=True)
