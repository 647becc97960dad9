"""Every text that ships, on every paper, as pictures to look at: grey as an office printer makes them.

CLINIC_DESKTOP_PICTURES=/tmp/pictures python -m tests.aftercare.pictures [docs | WORD ...]

Each file has the pages of one paper side by side; "es-iv large" takes those whose name has these words.
"docs" makes those that docs/sheets.md shows, and only these.
"""

import os
import sys
from pathlib import Path

from PIL import Image

from clinic_desktop.foundation.document import PageSize
from tests.aftercare.papers import ALL, Paper, printed
from tests.printing.reading import pictures
from tests.ui.grab import VARIABLE

DPI, DOCS_DPI = 60, 75
_GAP, _BEHIND = 8, 160
DOCS = {
    "sheet-iv": Paper("iv", "en", PageSize.LETTER, large=False),
    "sheet-iv-ar": Paper("iv", "ar", PageSize.LETTER, large=False),
}
"""The first page of each."""


def side_by_side(pages: list[Image.Image]) -> Image.Image:
    grey = [page.convert("L") for page in pages]
    width = sum(page.width + _GAP for page in grey) + _GAP
    whole = Image.new("L", (width, max(page.height for page in grey) + 2 * _GAP), _BEHIND)
    left = _GAP
    for page in grey:
        whole.paste(page, (left, _GAP))
        left += page.width + _GAP
    return whole


def framed(page: Image.Image) -> Image.Image:
    """For the docs: in sixteen greys, with an edge that is seen on white."""
    whole = Image.new("L", (page.width + 2, page.height + 2), _BEHIND)
    whole.paste(page.convert("L"), (1, 1))
    return whole.quantize(16)


def main() -> int:
    folder = Path(os.environ.get(VARIABLE) or sys.exit(f"{VARIABLE} names no folder"))
    folder.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:]
    if wanted == ["docs"]:
        for name, paper in DOCS.items():
            framed(pictures(printed(paper), DOCS_DPI)[0]).save(folder / f"{name}.png", optimize=True)
        return 0
    for paper in ALL:
        name = f"{paper}{'-large' if paper.large else ''}"
        if all(one in name for one in wanted):
            side_by_side(pictures(printed(paper), DPI)).save(folder / f"{name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
