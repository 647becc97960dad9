"""The letters of the sheets' languages on the screen, too, where the system has none for them."""

from functools import cache

from PySide6.QtGui import QFontDatabase

from clinic_desktop.foundation.resources import resource

_FACES = ("NotoSansCJK-Regular.ttf", "NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf")


@cache  # once, when somebody first looks at texts in these languages
def load_script_fonts() -> None:
    """Qt looks in them for letters that the usual font lacks."""
    for face in _FACES:
        QFontDatabase.addApplicationFont(str(resource("fonts", "noto", face)))
