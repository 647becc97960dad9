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
    """Everything a page needs to know about sizes."""

    body: Type
    headings: tuple[Type, Type, Type]
    roles: dict[TextRole, Type]
    running: Type
    footer: Type
    tightness: float = 1.0

    @property
    def em(self) -> float:
        return self.body.size

    @property
    def gap(self) -> float:
        """What the spaces between blocks are measured in."""
        return self.body.size * self.tightness

    def heading(self, level: int) -> Type:
        return self.headings[min(level, 3) - 1]


TIGHTER = (1.0, 0.75, 0.5)
"""Spaces between blocks, from usual to tight. Lines move a little closer too; the text stays as large."""


def style_for(body_pt: float, tightness: float = 1.0) -> Style:
    """Larger text grows its headings by points, not by a factor, so that they still fit a line."""
    body = Type(body_pt, body_pt * (1.12 + 0.16 * tightness))
    aside = max(10.0, body_pt * 0.75)
    small = max(9.0, body_pt * 0.6)
    over = max(min(12.0, body_pt), aside)
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
        running=Type(over, over * 1.24),
        footer=Type(small, small * 1.3),
        tightness=tightness,
    )


def _display(size: float) -> Type:
    return Type(size, size * 1.24, bold=True)
