"""A new recovery key as it is shown once, and printed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.foundation.document import (
    Align,
    Block,
    Document,
    Heading,
    Paragraph,
    RenderPdf,
    TextRole,
    text,
)
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.security.recovery_key import new_recovery_key
from clinic_desktop.ui import operations
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.printers import print_pages, printer_here
from clinic_desktop.ui.theme import set_spelled
from clinic_desktop.ui.tokens import TextRole as ScreenRole
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.wording import problem_worded

NO_PRINTER = "There is no printer here. Write the recovery key down on paper."


class RecoveryBox(QWidget):
    """``key`` in large letters, and a button that prints it. ``leaving`` is asked, as the key is
    pressed, for what hears the printer, in a worker, before the page goes there."""

    def __init__(
        self, render_pdf: RenderPdf | None, leaving: Callable[[], Callable[[str], object]] = lambda: _unheard
    ) -> None:
        super().__init__()
        self._render, self._leaving = render_pdf, leaving
        self.key = new_recovery_key()
        self.shown = label(self.key, ScreenRole.PAGE, wrap=True)
        set_spelled(self.shown, ScreenRole.PAGE)
        spelled = ", ".join(" ".join(group) for group in self.key.split("-"))
        self.shown.setAccessibleName(tr("Recovery key: {key}").format(key=spelled))
        self.print_button = Button(tr("Print the recovery key"), icon="print", key="Ctrl+P")
        self.print_button.setVisible(render_pdf is not None)
        self.print_button.fired.connect(self._print)
        if render_pdf is not None:
            QShortcut(QKeySequence("Ctrl+P"), self, self.print_button.click)
        self.told = NoticeBox("")
        self.told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.shown)
        column.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.told)

    def _print(self) -> None:
        render, key = self._render, self.key
        if render is None:
            return
        leaving = self._leaving()

        def work() -> str:
            if not (printer := printer_here()):
                raise EnvironmentFailure(NO_PRINTER)  # saved pages would stay on the disk that it unlocks
            leaving(printer)
            return print_pages(render(page_of(key)).data, "Clinic Desktop", "key").printer

        operations.run(self, work, self._printed, self._not_printed, pool=operations.AT_PRINTERS)

    def _printed(self, printer: str) -> None:
        self._tell(tr("Sent to {printer}").format(printer=printer), "", Tone.INFO)

    def _not_printed(self, problem: ClinicProblem) -> None:
        self._tell(tr("It was not printed"), problem_worded(problem), Tone.WARN)

    def _tell(self, title: str, words: str, tone: Tone) -> None:
        self.told.set_notice(title, words, tone)
        self.told.show()
        announce(self, f"{title}. {words}")


def _unheard(_printer: str) -> None:
    """There is no clinic yet whose trail could hear it."""


def page_of(recovery_key: str) -> Document:
    """One page with the key in large letters; nothing on it says whose clinic it opens."""
    words = (
        tr("It opens the clinic's data when the passphrase is forgotten or the computer is another."),
        tr("Keep it in a safe place, away from the computer. Whoever has it and the data can read it all."),
    )
    blocks: tuple[Block, ...] = (
        Heading(1, text(tr("Clinic Desktop: recovery key"))),
        Paragraph(text(recovery_key), TextRole.HEADLINE, Align.LEFT),
        *(Paragraph(text(one)) for one in words),
    )
    return Document(tr("Recovery key"), "en", blocks)
