"""Words for the screen: every string a person reads in the window goes through ``tr``.

Write ``tr("Booked {name}").format(name=...)``; a formatted string inside ``tr`` is never found at run
time. Numbers: ``tr("%n visit(s)", "", 3)``, and ``(person|people)`` where an s is not enough; ``lupdate``
knows a plural by its third argument only, and finds ``tr`` and ``QT_TR_NOOP``. Clinical texts never come
through here.
"""

import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from clinic_desktop.foundation.resources import resource

_PLURAL = re.compile(r"\((?:(e?s)|(\w+)\|(\w+))\)")


def QT_TR_NOOP(text: str) -> str:
    """Marks a text that is shown later by ``tr(text)``: names of commands, places, options."""
    return text


def tr(text: str, comment: str = "", n: int = -1) -> str:
    """The text in the person's language; with ``n``, "%n" and the plural are filled in."""
    found = QCoreApplication.translate("", text, comment or None, n)
    return _PLURAL.sub(lambda match: _form(match, n), found) if n >= 0 else found


def _form(match: re.Match[str], n: int) -> str:
    """English needs no catalogue: "(s)" and "(person|people)" choose their own form."""
    one, many = ("", match[1]) if match[1] else (match[2], match[3])
    return one if n == 1 else many


def load_translators(app: QCoreApplication, locale: QLocale, folder: Path | None = None) -> list[QTranslator]:
    """Install our catalogue and Qt's own for the locale; those that exist. Keep the list alive."""
    ours = folder or _translations()
    places = [("qtbase", Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)))]
    if ours is not None:
        places.append(("clinic", ours))
    installed = []
    for name, place in places:
        translator = QTranslator(app)
        if translator.load(locale, name, "_", str(place)):
            app.installTranslator(translator)
            installed.append(translator)
    return installed


def _translations() -> Path | None:
    try:
        return resource("translations")
    except FileNotFoundError:
        return None
