"""A font whose letters are drawn joined. It imports reportlab, loaded with the first sheet."""

import re
from typing import Any
from unicodedata import normalize

from reportlab.pdfbase.ttfonts import TTFont

_READ_AS = "toUnicodeCMap:"
_ENTRY = re.compile(r"(<[0-9A-F]{2}>) <([0-9A-F]{4})>")


class JoinedFont(TTFont):
    """What is copied from the file, or found in it, are the letters, not the shapes they are drawn in."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802, ANN401 - reportlab's name, and its document
        before = set(doc.idToObject)
        super().addObjects(doc)
        for name in set(doc.idToObject) - before:
            if name.startswith(_READ_AS):
                stream = doc.idToObject[name]
                stream.content = _ENTRY.sub(_letters, stream.content)


def _letters(entry: re.Match[str]) -> str:
    """A ligature stays one sign: readers turn a line round, and would turn its two letters round as well."""
    letters = normalize("NFKC", chr(int(entry[2], 16)))
    return f"{entry[1]} <{ord(letters):04X}>" if len(letters) == 1 else entry[0]
