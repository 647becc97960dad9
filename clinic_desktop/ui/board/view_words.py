"""A way of looking at the board, in words."""

from clinic_desktop.ui.board.saved_views import SavedView
from clinic_desktop.ui.board.scene import ViewKind
from clinic_desktop.ui.board.zoom import WHOLE
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

_KINDS = {
    ViewKind.ROOMS: QT_TR_NOOP("Day by room"),
    ViewKind.STAFF: QT_TR_NOOP("Day by person"),
    ViewKind.WEEK: QT_TR_NOOP("Week"),
    ViewKind.LIST: QT_TR_NOOP("List of the day"),
}


def slot_key(slot: int) -> str:
    """The chord that recalls what a slot holds."""
    return f"Ctrl+Shift+{slot}"


def kind_words(kind: ViewKind) -> str:
    return tr(_KINDS[kind])


def view_words(view: SavedView) -> str:
    """ "Week, zoom 150 %, with cancelled and missed"."""
    parts = [kind_words(view.kind)]
    if view.zoom != WHOLE:
        parts.append(tr("zoom {level} %").format(level=view.zoom))
    if view.ended:
        parts.append(tr("with cancelled and missed"))
    return ", ".join(parts)
