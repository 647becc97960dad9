"""What a screen reader reads of the pages, in which order, and as what: a heading, a list, a table."""

from dataclasses import dataclass, field


@dataclass(eq=False, slots=True)
class Element:
    """One thing that is read. ``tag`` is PDF's name for its kind; its children are read in their order.

    ``lang``: where it is another one than the document's. ``instead``: read in place of what is drawn.
    It is known by itself, not by what it says, and is the same one on all the pages it goes over.
    """

    tag: str
    lang: str = ""
    instead: str = ""
    kids: list["Element"] = field(default_factory=list)

    def add(self, tag: str, lang: str = "", instead: str = "") -> "Element":
        """A new last child."""
        kid = Element(tag, lang, instead)
        self.kids.append(kid)
        return kid


class Marks:
    """The stretches of each page that belong to an element. A stretch is numbered within its page."""

    def __init__(self) -> None:
        self.pages: list[list[Element]] = []
        self.places: dict[Element, list[tuple[int, int]]] = {}

    def begin_page(self) -> None:
        self.pages.append([])

    def next(self, element: Element) -> int:
        """The number of a new stretch of the element on the page at hand."""
        page = self.pages[-1]
        page.append(element)
        self.places.setdefault(element, []).append((len(self.pages) - 1, len(page) - 1))
        return len(page) - 1


def drawn(element: Element, marks: Marks) -> bool:
    """Whether anything of it stands on a page: what was set and then left out is not read."""
    return element in marks.places or any(drawn(kid, marks) for kid in element.kids)
