"""Which printer this computer prints on, how many copies, on how many sides. Then Ctrl+P prints at once."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QWidget

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.operations import run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame, NoticeAction
from clinic_desktop.ui.printer_choice import MOST_COPIES, PrinterChoice, choose, chosen
from clinic_desktop.ui.printers import KEPT_DAYS, PrinterGone, PrinterHere, printers_here, saved_folder
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.wording import problem_worded

PRINTER = Command(
    "window.printer",
    QT_TR_NOOP("Printer, copies, both sides"),
    ("Ctrl+F3",),
    icon="print",
    opens=True,
    also=QT_TR_NOOP("print paper duplex two-sided queue choose"),
)


class PrinterDialog(Dialog):
    """Enter takes it, Esc leaves all as it was."""

    def __init__(self, parent: QWidget, frame: Frame) -> None:
        text = tr("What is printed on this computer goes there, without being asked again.")
        super().__init__(parent, tr("Printer of this computer"), text, "print")
        self._frame = frame
        self._there: dict[str, PrinterHere] = {}
        self._begun = chosen()
        self.printer, self.copies = ChoiceBox(), ChoiceBox()
        for number in range(1, MOST_COPIES + 1):
            self.copies.addItem(str(number), number)
        self.copies.setCurrentIndex(self._begun.copies - 1)
        self.both_sides = QCheckBox(tr("Both sides of the paper"))
        self.both_sides.setChecked(self._begun.both_sides)
        self.printer_row = FieldRow(tr("Printer"), self.printer)
        self.copies_row = FieldRow(tr("Copies of each paper"), self.copies)
        self.none = NoticeBox("", "", Tone.WARN)
        self.none.hide()
        for widget in (self.none, self.printer_row, self.copies_row, self.both_sides):
            self.body.addWidget(widget)
        self.sides = label("", TextRole.LABEL, "third", wrap=True)
        self.body.addWidget(self.sides)
        self.add_leave_button(tr("Back"))
        self.take = self.add_button(tr("Use it"), Kind.PRIMARY, key="Return")
        self.take.fired.connect(self._take)
        for key in ("Return", "Enter"):
            QShortcut(QKeySequence(key), self, self._take)
        self.printer.currentIndexChanged.connect(self._turned)
        self._say(tr("The system is asked for its printers."))
        self.printer.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, frame: Frame) -> "PrinterDialog":
        """The printers are asked in the background, as slow as they are."""
        made = cls(parent, frame)
        made.open()
        run(made, printers_here, made.show_printers, made._unknown)
        return made

    def show_printers(self, there: Sequence[PrinterHere]) -> None:
        """What there is. One that was chosen and is gone is said, and nothing is chosen in its place."""
        self._there = {one.name: one for one in there}
        if not there:
            self._show_none()
            return
        self.printer.blockSignals(True)
        self.printer.clear()
        for one in there:
            usual = tr("{printer}, the usual one").format(printer=one.name)
            self.printer.addItem(usual if one.usual else one.name, one.name)
        begun = self._begun.printer or next((one.name for one in there if one.usual), "")
        self.printer.setCurrentIndex(self.printer.findData(begun) if begun else 0)
        self.printer.blockSignals(False)
        gone = self._begun.printer if self._begun.printer not in self._there else ""
        if gone:
            self.printer_row.set_problem(
                tr("{printer} is not there any more. Choose another.").format(printer=gone)
            )
        self._turned()

    def _show_none(self) -> None:
        """There is nothing to choose: what becomes of sheets here, and what helps."""
        for widget in (self.printer_row, self.copies_row, self.both_sides):
            widget.hide()
        gone = self._begun.printer
        was = tr("{printer}, which was chosen here, is not there any more.").format(printer=gone)
        words = tr(
            "Sheets are saved as files in {folder}, where they stay for {days} days. To print, add a printer "
            "in the settings of this computer, then press {key} again."
        ).format(folder=saved_folder(), days=KEPT_DAYS, key=key_text(PRINTER.key))
        self.none.set_notice(
            tr("This computer has no printer"), f"{was} {words}" if gone else words, Tone.WARN
        )
        self.none.show()
        self.take.setText(tr("Save as files") if gone else tr("All right"))
        self.take.updateGeometry()
        self._say("")
        self.take.setFocus()
        announce(self, self.none.accessibleName())
        self.fit_words()

    @property
    def choice(self) -> PrinterChoice:
        """As it stands in the dialog."""
        printer = self._picked()
        both = self.both_sides.isChecked() and printer is not None and printer.both_sides
        return PrinterChoice(printer.name if printer else "", int(self.copies.currentData()), both)

    def _picked(self) -> PrinterHere | None:
        return self._there.get(str(self.printer.currentData() or ""))

    def _turned(self) -> None:
        """Both sides only where the printer has it."""
        printer = self._picked()
        if printer is None:
            self.both_sides.setEnabled(False)
            self._say("", missing=tr("Choose a printer first."))
            return
        self.printer_row.set_problem("")
        self.both_sides.setEnabled(printer.both_sides)
        self._say("" if printer.both_sides else tr("This printer prints one side."))

    def _say(self, said: str, missing: str = "") -> None:
        self.sides.setText(said)
        self.sides.setVisible(bool(said))
        self.both_sides.setAccessibleDescription(said)
        self.take.set_missing([missing] if missing else [])

    def _unknown(self, problem: ClinicProblem) -> None:
        self._say(problem_worded(problem), missing=tr("The printers are not known."))

    def _take(self) -> None:
        if self.take.missing:
            self.printer.setFocus()
            return
        if self.none.isVisible() and not self._begun.printer:
            self.accept()  # there was nothing to choose
            return
        choice = self.choice
        choose(choice)
        self.accept()
        self._frame.say(words(choice))


def choose_again(parent: QWidget, frame: Frame, problem: ClinicProblem) -> NoticeAction | None:
    """What a notice offers where nothing came out because the chosen printer is gone."""
    if not isinstance(problem, PrinterGone):
        return None
    return NoticeAction(tr("Choose a printer"), partial(PrinterDialog.ask, parent, frame))


def words(choice: PrinterChoice) -> str:
    """ "From now on: Front desk, 2 copies, both sides." """
    if not choice.printer:
        return tr("From now on pages are saved as files.")
    said = [choice.printer, tr("%n cop(y|ies)", "", choice.copies)]
    if choice.both_sides:
        said.append(tr("both sides"))
    return tr("From now on: {what}.").format(what=", ".join(said))
