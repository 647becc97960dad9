"""How resources/fonts/noto/NotoSansCJK-*.ttf were made: for whoever renews them. The program never runs it.

    python docs/make_cjk_font.py NotoSansCJK-Regular.ttc resources/fonts/noto/NotoSansCJK-Regular.ttf

It needs fonttools, and the fonts of Debian's package fonts-noto-cjk. PDF writing takes no PostScript
outlines, so the curves are drawn anew as TrueType's, two thousandths of the size from the old ones at most.
"""

import sys

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

SIMPLIFIED_CHINESE = 2  # the face in the collection whose drawings of shared characters are China's
FURTHEST = 2.0  # thousandths of the size: a thirtieth of a point in large print
_ZEROS = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
)


def characters() -> set[int]:
    """All of GB 2312, the traditional characters in everyday use (Big5's first level), all Hangul syllables,
    the letters that stand for themselves in Korean, and the marks between them."""
    return (
        set(range(0x20, 0x7F))
        | _coded("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF))
        | _coded("big5", range(0xA4, 0xC7), range(0x40, 0xFF))
        | set(range(0xAC00, 0xD7A4))
        | set(range(0x3131, 0x318F))
        | set(range(0x3000, 0x3020))
        | set(range(0xFF01, 0xFF5F))
    )


def _coded(encoding: str, first: range, second: range) -> set[int]:
    found = set()
    for pair in (bytes((a, b)) for a in first for b in second):
        try:
            found.update(map(ord, pair.decode(encoding)))
        except UnicodeDecodeError:
            continue
    return found


def make(source: str, target: str) -> None:
    font = TTFont(source, fontNumber=SIMPLIFIED_CHINESE)
    options = Options(
        layout_features=[], hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 13, 14], notdef_outline=True
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    _as_truetype(font)
    font.save(target)


def _as_truetype(font: TTFont) -> None:
    order, drawings, glyphs = font.getGlyphOrder(), font.getGlyphSet(), {}
    for name in order:
        pen = TTGlyphPen(drawings)
        drawings[name].draw(Cu2QuPen(pen, FURTHEST, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    table = font["glyf"] = newTable("glyf")
    table.glyphOrder, table.glyphs = order, glyphs
    most = font["maxp"]
    most.tableVersion, most.maxZones = 0x00010000, 1
    for name in _ZEROS:
        setattr(most, name, 0)
    for table_name in ("CFF ", "VORG", "GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx"):
        if table_name in font:
            del font[table_name]
    font.sfntVersion = "\x00\x01\x00\x00"
    font["post"].formatType = 3.0


if __name__ == "__main__":
    make(*sys.argv[1:])
