"""The time zones that a clinic picks from: those of the United States first, then every other."""

from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from PySide6.QtCore import QEvent, QObject, Qt, QTimeZone
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QCompleter, QStyledItemDelegate

from clinic_desktop.scheduling.set_up_checks import zone_known
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.set_up.fields import combo
from clinic_desktop.ui.theme import theme

_UNITED_STATES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
)


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@cache
def zone_names() -> tuple[str, ...]:
    """Names of places, ours first; not the old names without a place."""
    places = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return (*_UNITED_STATES, *(name for name in places if name not in _UNITED_STATES))


def computer_zone() -> str:
    """What the computer says its zone is."""
    return bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "ignore")


def system_zone() -> str:
    """The computer's own zone; empty where it names no place, such as Etc/UTC: then somebody must say it."""
    name = computer_zone()
    return name if zone_known(name) and "/" in name and not name.startswith("Etc/") else ""


def zone_hint(name: str) -> str:
    """Where a zone that stands filled in comes from, or that it is to be chosen."""
    if not system_zone() and name:
        return ""
    if not system_zone():
        pattern = tr("This computer's clock runs on {zone}, which names no place. Choose the clinic's.")
        return pattern.format(zone=computer_zone() or "UTC")
    if name == system_zone():
        return tr("Taken from this computer. Change it if the clinic is elsewhere.")
    pattern = tr("This computer's own is {zone}.")
    return pattern.format(zone=system_zone().replace("_", " "))


_MOST_NEAR = 3


def nearest_zones(typed: str) -> list[str]:
    """The zones that what was typed could mean, as they are shown; at most three."""
    words = _spaced(typed).casefold().replace("/", " ").split()
    shown = [_spaced(name) for name in zone_names()]
    found = [name for name in shown if words and all(word in name.casefold() for word in words)]
    if not found:
        places = {name.casefold(): name for name in reversed(shown)}
        places |= {name.rpartition("/")[2].casefold(): name for name in reversed(shown)}
        close = get_close_matches(" ".join(words), places, _MOST_NEAR, cutoff=0.75)
        found = list(dict.fromkeys(places[one] for one in close))
    return found[:_MOST_NEAR]


def no_zone_words(typed: str) -> str:
    """What is said of something typed that is no zone, with those it could mean."""
    if not typed.strip():
        return tr("Pick a time zone from the list, such as America/Chicago.")
    near = nearest_zones(typed)
    if not near:
        return tr("{typed} is no time zone. Type a part of one, such as chicago.").format(typed=typed)
    pattern = tr("{typed} is no time zone. Do you mean {near}?")
    return pattern.format(typed=typed, near=tr(" or ").join(near))


def _spaced(name: str) -> str:
    return name.replace("_", " ")


class _Completer(QCompleter):
    """A blank and an underscore are the same: zones are written with either."""

    def splitPath(self, path: str) -> list[str]:
        return [_spaced(path)]


class _FirstTaken(QObject):
    """Enter and Tab take the first zone that is offered, where what is typed is no zone itself."""

    def __init__(self, box: QComboBox, offers: QAbstractItemView) -> None:
        super().__init__(offers)
        self._box, self._offers = box, offers
        offers.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> None:
        if key not in (*_ENTER, Qt.Key.Key_Tab):
            return
        if not self._offers.currentIndex().isValid() and not zone_known(zone_of(self._box)):
            self._offers.setCurrentIndex(self._offers.model().index(0, 0))
        if key == Qt.Key.Key_Tab and self._offers.currentIndex().isValid():
            self._box.setCurrentText(self._offers.currentIndex().data())


def zone_box() -> QComboBox:
    """A box that finds a zone by any part of its name, such as "denver"."""
    box = combo([(name, name.replace("_", " ")) for name in zone_names()])
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setPlaceholderText(tr("Part of its name, such as chicago"))
    if (line := box.lineEdit()) is not None:
        line.setPlaceholderText(box.placeholderText())
    completer = _Completer(box.model(), box)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    if (offers := completer.popup()) is not None:
        offers.setProperty("offers", "true")  # a window of its own: to the style sheet no list of the box
        theme().dress(offers)
        offers.setItemDelegate(QStyledItemDelegate(offers))
    box.setCompleter(completer)
    if offers is not None:
        _FirstTaken(box, offers)
    return box


def set_zone(box: QComboBox, name: str) -> None:
    """Show a zone, also one that this computer does not list; an empty one is still to be chosen."""
    if name and box.findData(name) < 0:
        box.addItem(name.replace("_", " "), name)
    box.setCurrentIndex(box.findData(name) if name else -1)
    if not name:
        box.clearEditText()


def zone_of(box: QComboBox) -> str:
    """The zone that is shown or typed; what is typed and no zone comes back as it is."""
    typed = box.currentText().strip()
    at = box.findText(_spaced(typed), Qt.MatchFlag.MatchFixedString)
    return str(box.itemData(at)) if at >= 0 else typed
