"""The check-in call that is being made: the number, what to ask, what came of it, what a prescriber said."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.call_words import spoken_of
from clinic_desktop.scheduling.day_after import SUICIDE
from clinic_desktop.treatment.day_after import OUTCOMES, AfterCall, AfterOutcome
from clinic_desktop.treatment.day_after_calling import after_call_problems
from clinic_desktop.treatment.day_after_list import AfterRow
from clinic_desktop.treatment.day_after_offer import Offer
from clinic_desktop.treatment.day_after_rules import NOTHING
from clinic_desktop.ui.calls import after_words, commands, words
from clinic_desktop.ui.calls.call_frame import CallFrame
from clinic_desktop.ui.calls.question_list import QuestionList
from clinic_desktop.ui.calls.told_part import ToldPart
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.page_rows import permission_words
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.wording import worded

_SHORT, _MOST_NOTE = 620, 500


class AfterPanel(CallFrame[AfterOutcome]):
    """What somebody wants comes out as signals; whoever holds the panel does it."""

    book_wanted = Signal()
    crisis_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("The check-in call"), _SHORT, after_words.outcome_words, _MOST_NOTE, parent)
        self._row: AfterRow | None = None
        self.corrects: AfterCall | None = None
        self._make_words()
        self._make_questions()
        self._place_words()
        self.note.textChanged.connect(self._say_record)
        self.record.refused.connect(self._to_missing)
        self.show_row(None, ())

    def _make_words(self) -> None:
        self.correcting = label("", TextRole.STRONG, "warn", wrap=True)
        self.crisis = NoticeBox(
            tr("Stay on the line. 988: call or text."),
            tr("Danger to life now: 911. The crisis card opens with the record."),
            Tone.DANGER,
        )
        self.open_crisis = Button(tr("Crisis card"), Kind.DANGER, key="Ctrl+F12", size="small")
        self.open_crisis.fired.connect(self.crisis_wanted)
        self.crisis.add_action(self.open_crisis)
        self.flags = NoticeBox("", "", Tone.DANGER)
        self.told = ToldPart()

    def _make_questions(self) -> None:
        self.ask_title = label(
            tr("Ask. Draft words, until a prescriber of the clinic has read them."),
            TextRole.LABEL,
            "third",
            wrap=True,
        )
        self.questions = QuestionList()
        self.all_no = Button(tr("No to all that is left"), key="A", size="small")
        self.book = Button("", icon="calendar", key=commands.BOOK.keys[0], size="small")
        self.log_title = label(tr("Earlier calls"), TextRole.LABEL, "third")
        self.log = label("", TextRole.LABEL, "second", wrap=True)
        self.questions.changed.connect(self._answered)
        self.questions.taken.connect(self.record_wanted)
        self.questions.digit.connect(self.choose)
        self.all_no.fired.connect(self.questions.rest_no)
        self.book.fired.connect(self.book_wanted)

    def _place_words(self) -> None:
        shown = (
            self.correcting, self.crisis, self.flags, self.told, self.ask_title, self.questions, self.all_no,
            self.book, self.log_title, self.log,
        )  # fmt: skip
        self._lay_out(shown, (self.all_no, self.book), self.ask_title, tr("What to ask"))

    # What is shown.

    @property
    def row(self) -> AfterRow | None:
        return self._row

    @property
    def call(self) -> AfterCall | None:
        """The call as it stands here; None where nothing came of it yet."""
        row, outcome = self._row, self.outcome
        if row is None or outcome is None:
            return None
        spoke = outcome in (AfterOutcome.REACHED, AfterOutcome.REFUSED)
        nothing: frozenset[str] = frozenset()
        return AfterCall(
            visit_id=row.visit.id,
            outcome=outcome,
            yes=self.questions.yes if spoke else nothing,
            no=self.questions.no if spoke else nothing,
            note=self.note.text(),
            number=row.patient.phones[0].number if row.patient.phones else "",
            corrects=self.corrects.id if self.corrects is not None else None,
        )

    def show_row(self, row: AfterRow | None, staff: Sequence[Staff]) -> None:
        """Another call, or the same one as it stands by now: what was typed for it stays."""
        before, self._row = self._row, row
        self.show_parts(shown=row is not None)
        if row is None:
            return
        same = before is not None and before.visit.id == row.visit.id
        if not same or self._untouched():
            self.begin(row)
        self._show_head(row)
        waiting = [one for one in row.flags if one.open]
        lines = [after_words.flag_words(one, staff) for one in row.flags]
        title = tr("Before the prescriber") if waiting else tr("A prescriber has answered")
        self.flags.set_notice(title, "\n".join(lines), Tone.DANGER if waiting else Tone.INFO)
        self.flags.setVisible(bool(lines))
        log = [after_words.call_words(one, row.calls, staff, row.visit.zone) for one in reversed(row.calls)]
        self.log.setText("\n".join(log))
        self.log.setVisible(bool(log))
        self.log_title.setVisible(bool(log))

    def _show_head(self, row: AfterRow) -> None:
        patient = row.patient
        self.name.setText(patient.name)
        self.number.setText(words.phone_of(patient))
        facts = [
            words.all_lines(spoken_of(patient)).rstrip("."),
            after_words.visit_words(row),
            after_words.ended_words(row),
            tr("Reach them {ways}").format(ways=permission_words(patient)),
        ]
        if patient.permissions.may_tell:
            facts.append(tr("May be told: {who}").format(who=patient.permissions.may_tell))
        facts += [one.number for one in patient.phones[1:]] + [patient.alerts]
        self.facts.setText(". ".join(part for part in facts if part))
        self.similar.setText(words.similar(row.alike))
        self.similar.setVisible(bool(row.alike))
        none = (
            "" if patient.permissions.voicemail else tr("Leave no message: the patient has not allowed it.")
        )
        self.leave_none.setText(none)
        self.leave_none.setVisible(bool(none))

    def _untouched(self) -> bool:
        """Nothing is typed yet."""
        said = self.questions.yes | self.questions.no
        return self.outcome is None and not said and not self.note.text()

    def begin(self, row: AfterRow) -> None:
        """The call begins empty."""
        self.corrects = None
        self.correcting.hide()
        self.note.clear()
        self._ask(() if row.done else row.to_ask)
        self.outcomes.set_outcomes(OUTCOMES)
        self._answered()
        self._say_record()
        self._scroll.verticalScrollBar().setValue(0)

    def correct(self) -> bool:
        """Say how the last call really was; False where there is none."""
        row = self._row
        if row is None or row.last is None:
            return False
        self.corrects = last = row.last
        self.correcting.setText(tr("Corrects the call below. The old record stays in the chart."))
        self.correcting.show()
        self._ask(row.plan.questions)
        self.questions.ask(row.plan.questions, last.yes, last.no)
        self.outcomes.set_outcomes((*OUTCOMES, AfterOutcome.STRUCK))
        self.outcomes.select(OUTCOMES.index(last.outcome) + 1)
        self.note.setText(last.note)
        self._answered()
        return True

    def show_offer(self, offer: Offer | None) -> None:
        """A visit that is offered in the call."""
        self.book.setText(after_words.offer_words(offer) if offer is not None else "")
        self.book.setVisible(offer is not None)

    def choose(self, number: int) -> None:
        """What came of the call, by its digit; who was reached is asked."""
        row = self._row
        if row is None or not self.outcomes.select(number) or self.outcome is not AfterOutcome.REACHED:
            return
        if not self.questions.lines():  # everything was answered before: it is asked anew
            self._ask(row.plan.questions)
        self.questions.stand_at_first()

    def _ask(self, codes: Iterable[str]) -> None:
        self.questions.ask(codes)
        for widget in (self.ask_title, self.all_no):
            widget.setVisible(bool(self.questions.lines()))

    def _answered(self) -> None:
        self.crisis.setVisible(SUICIDE in self.questions.yes)
        if SUICIDE in self.questions.yes:
            self._scroll.verticalScrollBar().setValue(0)
        if self.questions.yes and self.outcome is None:
            self.outcomes.select(1)
        self._say_record()

    def _say_record(self) -> None:
        outcome = self.outcome
        call, left = self.call, self.questions.left if outcome is AfterOutcome.REACHED else 0
        self.record.set_missing(self._missing(call))
        said = tr("Record: {outcome}").format(outcome=after_words.outcome_words(outcome)) if outcome else ""
        more = tr("%n not asked", "", left) if left else ""
        if call is not None and left and not call.yes | call.no:
            more = tr("nothing asked")
        self.record.setText(", ".join(filter(None, (said, more))) or tr("Record the call"))

    def _missing(self, call: AfterCall | None) -> list[str]:
        if call is None:
            return [tr("Choose what came of it: a digit, then Enter.")]
        return [worded(one) for one in after_call_problems(call).values() if one.rule is NOTHING]

    def _to_missing(self) -> None:
        """To the questions of whoever was reached; else to what came of the call."""
        if self.outcome is AfterOutcome.REACHED and self.questions.lines():
            self.questions.stand_at_first()
        else:
            self.outcomes.setFocus()
