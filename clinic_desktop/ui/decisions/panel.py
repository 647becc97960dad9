"""One decision beside the list: everything about it, words where they are needed, yes and no."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.security.rights import Right, may
from clinic_desktop.treatment.request import IN_WORDS, Request, RequestKind, WaitingText
from clinic_desktop.ui.decisions import commands, words
from clinic_desktop.ui.decisions.answering import may_end
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.panel_frame import PanelFrame
from clinic_desktop.ui.set_up.fields import day_line
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.wording import all_worded

WIDTH = 400
_FOR_NO = frozenset(
    {RequestKind.COSIGN, RequestKind.DAY_AFTER_COSIGN, RequestKind.CONSULTATION, RequestKind.TEXT}
)  # whose words say why not


class DecisionPanel(PanelFrame):
    """What somebody answers comes out as signals; the place does it."""

    yes = Signal()
    no = Signal()
    end = Signal()
    patient_wanted = Signal()
    visit_wanted = Signal()
    pages_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Decision"), parent)
        self._desk = desk
        self._one: Request | None = None
        self._says_no = False  # what the words are for
        self._read: set[object] = set()  # texts whose pages were shown
        self.about = label("", TextRole.BODY, wrap=True)
        self.about.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # to be read before anything is answered
        self.refusal = NoticeBox("", "", Tone.DANGER)
        self.refusal.hide()
        self.words = QLineEdit()
        self.words.setMaxLength(500)
        self.words_row = FieldRow(tr("In words"), self.words)
        self.day = day_line(tr("Handed out from"), desk.today)
        self.day_row = FieldRow(tr("Handed out from"), self.day, tr("Empty: from today."))
        self.show_patient = Button(tr("Open the patient"), key=commands.PATIENT.keys[0], size="small")
        self.show_visit = Button(tr("Show the visit"), key=commands.FLOOR.keys[0], size="small")
        elsewhere = QHBoxLayout()
        elsewhere.setSpacing(8)
        self.show_pages = Button(tr("Read the pages"), key=commands.READ.keys[0], size="small")
        for button in (self.show_patient, self.show_visit, self.show_pages):
            elsewhere.addWidget(button)
        elsewhere.addStretch(1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self.about, self.refusal, self.day_row, self.words_row):
            column.addWidget(widget)
        self.say_end = Button(tr("Not treated today"), key=commands.END.keys[0])
        column.addWidget(self.say_end, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(elsewhere)
        self.set_body(body)
        self.say_no = self.add_button("", key=commands.NO.keys[0])
        self.say_yes = self.add_button("", Kind.PRIMARY, "Return")
        self.say_yes.fired.connect(self.yes)
        self.say_no.fired.connect(self.no)
        self.say_end.fired.connect(self.end)
        self.show_patient.fired.connect(self.patient_wanted)
        self.show_visit.fired.connect(self.visit_wanted)
        self.show_pages.fired.connect(self.pages_wanted)
        self.words.returnPressed.connect(self._entered)
        self.words.textChanged.connect(self._typing)
        self.day.returnPressed.connect(self._day_entered)
        for line in (self.words, self.day):
            self.confirm_once(line)

    @property
    def one(self) -> Request | None:
        """The decision that is shown."""
        return self._one

    @property
    def typed(self) -> str:
        return self.words.text().strip()

    def show_request(self, one: Request) -> None:
        """Show a decision. What is typed stays while it is the same one."""
        if self._one is None or self._one.key != one.key:
            self.words.clear()
            for row in (self.words_row, self.day_row):
                row.set_problem("")
            self.day.set_value(self._wanted_day(one))
            self.refusal.hide()
            self._says_no = one.kind in _FOR_NO
        self._one = one
        names = words.ANSWERS[one.kind]
        self.set_title(words.headline(one))
        self.about.setText(words.about(one, self._desk.setup))
        self.words_row.setVisible(bool(names.label))
        self.words_row.set_text(tr(names.label) if names.label else "")
        self.say_yes.setText(tr(names.yes))
        self.say_no.setText(tr(names.no) if names.no else "")
        self.say_no.setVisible(bool(names.no))
        self.say_end.setVisible(may_end(one))
        self.show_patient.setVisible(bool(one.patient_id) and not names.elsewhere)
        self.show_visit.setVisible(one.visit is not None)
        for part in (self.show_pages, self.day_row):
            part.setVisible(one.kind is RequestKind.TEXT)
        for button in (self.say_yes, self.say_no):
            button.updateGeometry()
        self.renew_rights()

    def renew_rights(self) -> None:
        """Who is no prescriber reads what waits, and answers nothing."""
        missing = [] if may(self._desk.actor, Right.CLEAR) else [tr("A prescriber decides this.")]
        self.say_no.set_missing(missing)
        self.say_end.set_missing(missing)
        against = [all_worded(self._one.against)] if self._one is not None and self._one.against else []
        self.lock(self.say_yes, missing or against or self._unread())
        for line in (self.words, self.day):
            line.setEnabled(not missing)

    def _unread(self) -> list[str]:
        """Nobody approves a text whose pages they have not seen."""
        one = self._one
        if one is None or one.kind is not RequestKind.TEXT or one.key in self._read:
            return []
        return [
            tr("Read the pages first, to the last one ({key}).").format(key=key_text(commands.READ.keys[0]))
        ]

    def has_read(self, one: Request) -> None:
        """The pages of a text stood on the screen, to the last one."""
        self._read.add(one.key)
        self.renew_rights()

    def was_read(self, one: Request) -> bool:
        """Whether the pages of a text were shown to the last one."""
        return one.key in self._read

    def start(self, *, to_answer: bool) -> None:
        """To the words where they are needed; else to what is read first, or to the answer."""
        needed = self._one is not None and self._one.kind in IN_WORDS and self.words.isEnabled()
        stand = self.say_yes if to_answer else self.about
        (self.words if needed else stand).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def waits_for_no(self) -> bool:
        """The focus is where the words of a no are typed."""
        return self._says_no and self.words.hasFocus()

    def ask_words(self, problem: str = "", *, says_no: bool = False) -> None:
        """To the words. problem: something must be said, and nothing was. says_no: Enter says no with
        them."""
        self._says_no = says_no or (self._one is not None and self._one.kind in _FOR_NO)
        self.words_row.set_problem(problem)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_part(self.words_row)

    def refuse(self, text: str) -> None:
        """The rules speak against it."""
        self.refusal.set_notice(text, "", Tone.DANGER)
        self.refusal.show()
        self.show_part(self.refusal)

    def confirm(self) -> None:
        """What Enter in the words says: never a yes with the words of a no."""
        if self._to_choose:
            self.say_yes.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        (self.no if self._says_no else self.yes).emit()

    def _wanted_day(self, one: Request) -> date | None:
        """As its writer wants it, where that day is still to come."""
        wanted = one.about.wanted_from if isinstance(one.about, WaitingText) else None
        return wanted if wanted is not None and wanted > self._desk.today() else None

    def ask_day(self, problem: str) -> None:
        """The day cannot be the one."""
        self.day_row.set_problem(problem)
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_part(self.day_row)

    def _day_entered(self) -> None:
        """Enter in the day goes on to the answer, and answers nothing."""
        if self.day.understood:
            self.say_yes.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.ask_day(tr("No day was understood: 12/24, fri, +2w."))

    def _typing(self) -> None:
        """What was missing is on its way."""
        self.words_row.set_problem("")

    def _entered(self) -> None:
        if self._one is not None:
            self.confirm()

    @property
    def _to_choose(self) -> bool:
        """Yes and no both have words: Enter in them goes to the answers, which say what each does."""
        either = self._one is not None and self._one.kind is RequestKind.EARLIER
        return either and not self._says_no and bool(self.typed) and self.say_yes.isEnabled()
