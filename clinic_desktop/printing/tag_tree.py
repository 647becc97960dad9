"""The tags written into the file. It imports reportlab, which the program loads with its first sheet."""

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFObject, PDFPage, PDFString
from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.printing.tags import Element, Marks, drawn

_ATTRIBUTES = {"L": "/A <</O /List /ListNumbering /Disc>>", "TH": "/A <</O /Table /Scope /Column>>"}
_PAGE_ENTRIES = ("StructParents", "Tabs")


def write_tags(canvas: Canvas, read: Element, marks: Marks) -> None:
    """Add what is read to a file whose pages are drawn."""
    _Writer(canvas, marks).write(read)


class _Node(PDFObject):
    """An element as an object of the file, with strings last: they are encrypted with the file."""

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.entries = ""
        self.strings: dict[str, str] = {}

    def format(self, document: object) -> bytes:
        strings = (b" /%s %s" % (key.encode(), _string(text, document)) for key, text in self.strings.items())
        return b"<<%s%s>>" % (self.entries.encode(), b"".join(strings))


class _Writer:
    def __init__(self, canvas: Canvas, marks: Marks) -> None:
        self._document: Any = canvas._doc  # type: ignore[attr-defined]  # the stubs leave it out
        self._pages: list[Any] = self._document.Pages.pages
        self._marks = marks
        self._page_refs = [self._ref(page) for page in self._pages]
        self._refs: dict[Element, str] = {}

    def write(self, read: Element) -> None:
        top = _Node()
        ref = self._ref(top)
        kid = self._element(read, ref)
        parents = " ".join(f"{n} [{self._of_page(n)}]" for n in range(len(self._pages)))
        top.entries = (
            f"/Type /StructTreeRoot /K {kid} /ParentTree <</Nums [{parents}]>> "
            f"/ParentTreeNextKey {len(self._pages)}"
        )
        for number, page in enumerate(self._pages):
            page.__NoDefault__ = [*PDFPage.__NoDefault__, *_PAGE_ENTRIES]
            page.StructParents, page.Tabs = number, "/S"
        catalog = self._document.Catalog
        catalog.StructTreeRoot, catalog.MarkInfo = top, PDFDictionary({"Marked": "true"})

    def _of_page(self, number: int) -> str:
        return " ".join([self._refs[element] for element in self._marks.pages[number]])

    def _element(self, element: Element, parent: str, *, whole: bool = False) -> str:
        """Write an element and its children. ``whole``: also children of which nothing is drawn, as the empty
        cells of a table that is."""
        node = _Node()
        self._refs[element] = ref = self._ref(node)
        whole = whole or element.tag == "Table"
        kids = [
            self._element(kid, ref, whole=whole) for kid in element.kids if whole or drawn(kid, self._marks)
        ]
        entries = [f"/Type /StructElem /S /{element.tag} /P {parent}"]
        if places := self._marks.places.get(element):
            first = places[0][0]
            entries.append(f"/Pg {self._page_refs[first]}")
            kids = [self._stretch(page, number, first) for page, number in places] + kids
        if kids:
            entries.append(f"/K {kids[0]}" if len(kids) == 1 else f"/K [{' '.join(kids)}]")
        if more := _ATTRIBUTES.get(element.tag):
            entries.append(more)
        node.entries = " ".join(entries)
        node.strings = _strings(element)
        return ref

    def _stretch(self, page: int, number: int, first: int) -> str:
        return str(number) if page == first else f"<</Type /MCR /Pg {self._page_refs[page]} /MCID {number}>>"

    def _ref(self, thing: PDFObject) -> str:
        return str(self._document.Reference(thing).format(self._document), "ascii")


def _strings(element: Element) -> dict[str, str]:
    instead = "Alt" if element.tag == "Figure" else "ActualText"
    both = {"Lang": element.lang, instead: element.instead}
    return {key: text for key, text in both.items() if text}


def _string(text: str, document: object) -> bytes:
    written: bytes | str = PDFString(text).format(document)
    return written if isinstance(written, bytes) else written.encode("latin1")
