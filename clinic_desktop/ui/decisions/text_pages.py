"""The pages of a text before it is approved, with an invented visit in it. They are read, and not printed."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desktop.aftercare.approving import sample_pages
from clinic_desktop.foundation.document import RenderedPdf
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.treatment.request import WaitingText
from clinic_desktop.ui.decisions.answering import name_of, renderer
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run, show_problem
from clinic_desktop.ui.preview import PdfPreview
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label


class TextPages(Dialog):
    """Page Up and Page Down turn the pages, Esc leaves. ``seen``: the last of the pages stood on the screen,
    so that nobody approves what they have not come to."""

    seen = Signal()

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, title, tr("The visit in it is invented."))
        self.preview = PdfPreview(title, self)
        self.preview.take_room(parent)
        self.body.addWidget(self.preview)
        self.pages = label("", TextRole.LABEL, "third")
        self.body.addWidget(self.pages)
        self.preview.page_changed.connect(self._turned)
        self.add_leave_button(tr("Back"))
        self.preview.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, desk: Desk, text: WaitingText) -> "TextPages":
        """Set them off the GUI thread."""
        words = {"title": text.title, "language": text.language_name, "number": text.number}
        made = cls(parent.window(), tr("{title}, {language}, version {number}").format(**words))
        made.open()
        run(made, partial(_pages, desk, text), made._came, made._failed)
        return made

    def _came(self, pdf: RenderedPdf) -> None:
        self.preview.show_pdf(pdf.data)

    def _turned(self, page: int, count: int) -> None:
        said = tr("Page {page} of {count}").format(page=page, count=count)
        last = page == count
        self.pages.setText(said if last else tr("{said}. Page Down: the next one.").format(said=said))
        if last:
            self.seen.emit()

    def _failed(self, problem: ClinicProblem) -> None:
        self.reject()
        show_problem(problem)


def _pages(desk: Desk, text: WaitingText) -> RenderedPdf:
    return sample_pages(desk.store, name_of(text), renderer(desk))
