""" "My decisions" as a place of the window: what waits for a prescriber, answered beside its list."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from clinic_desktop.aftercare.texts_waiting import Texts
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput, ClinicProblem, Refusal
from clinic_desktop.security.rights import Right, may
from clinic_desktop.treatment.decisions import requests
from clinic_desktop.treatment.request import IN_WORDS, Request, RequestKind, WaitingText
from clinic_desktop.treatment.to_see import OpenIncident
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.decisions import answering, commands, words
from clinic_desktop.ui.decisions.commands import DECISIONS
from clinic_desktop.ui.decisions.panel import WIDTH, DecisionPanel
from clinic_desktop.ui.decisions.text_pages import TextPages
from clinic_desktop.ui.decisions.watch import MATTERS
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import LatestReader, run, show_problem
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.line_list import LineList
from clinic_desktop.ui.patients.page_rows import Line as ListLine
from clinic_desktop.ui.places import Frame, NoticeAction, Place, PlaceSpec
from clinic_desktop.ui.set_up.fields import day_words
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.empty_state import EmptyState
from clinic_desktop.ui.widgets.label import ElidedLabel
from clinic_desktop.ui.widgets.panel import Line, Panel
from clinic_desktop.ui.wording import all_worded, fields_worded

_EVERY_MS = 60_000  # a pressure waits from one minute to the next, and a signature is late at midnight
_EDGE = 14


class DecisionsPlace(Place):
    """The list at the left; Enter shows one beside it, F8 its answer too. No key answers what is not shown:
    F8 stands at the answer, and Enter gives it; the next one has to be shown first."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        self.title = tr("My decisions")
        self._frame, self._desk = frame, desk
        self._active = False
        self._kept: Request | None = None
        self.view = Panel("surface", ())
        self.list = LineList(tr("My decisions"), wrap=True, marked=True, in_sight=True)
        self.list.setAccessibleDescription(
            tr("Enter shows everything about it; F8 its answer, which Enter gives.")
        )
        self.panel = DecisionPanel(desk, self.view)
        self.panel.hide()
        self._lay_out()
        self._reader: LatestReader[list[Request]] = LatestReader(self.view, self._came)
        self._clock = QTimer(self.view)
        self._clock.setInterval(_EVERY_MS)
        self._clock.timeout.connect(self.look)
        self.list.chosen.connect(self._opened)
        self.list.clicked.connect(self._picked)
        self.list.selectionModel().currentChanged.connect(self._picked)
        self.panel.closed.connect(self._close_panel)
        self.panel.yes.connect(self._say_yes)
        self.panel.no.connect(self._say_no)
        self.panel.end.connect(self._say_end)
        self.panel.patient_wanted.connect(self.to_patient)
        self.panel.visit_wanted.connect(self.to_floor)
        self.panel.pages_wanted.connect(self.read_pages)
        desk.hub.changed.connect(self._heard)
        desk.setup_changed.connect(self._stale)
        desk.actor_changed.connect(self.panel.renew_rights)

    def _lay_out(self) -> None:
        self.count = ElidedLabel("", TextRole.LABEL, "ink2")
        self.nobody = EmptyState(
            "check",
            tr("Nothing waits for a prescriber"),
            tr("Pressures, overrides, signatures, incidents, clearances, orders and texts stand here."),
        )
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(6, 4, 6, 4)
        rows.addWidget(self.list)
        rows.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusProxy(self.list)
        self._stack = QStackedWidget()
        self.nobody.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self.nobody)
        self._stack.setCurrentWidget(self.nobody)
        bar = QHBoxLayout()
        bar.setContentsMargins(_EDGE, 6, _EDGE, 6)
        bar.addWidget(self.count, 1)
        column = QVBoxLayout(self.view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(Line())
        column.addWidget(self._stack, 1)

    # The place.

    def widget(self) -> QWidget:
        return self.view

    def panes(self) -> Sequence[QWidget]:
        return (self.list,)

    def activated(self) -> None:
        self._active = True
        self._clock.start()
        self._look(self.focus_work if self._kept is None else None)

    def deactivated(self) -> None:
        self._active = False
        self._clock.stop()

    def focus_work(self) -> None:
        shown = self._stack.currentWidget() is self._scroll
        (self.list if shown else self.nobody).setFocus()

    def escape(self) -> bool:
        """Out of the panel, back to the list."""
        if not self.panel.isVisible():
            return False
        self._close_panel()
        return True

    def chosen_patient(self) -> int | None:
        one = self.current
        return one.patient_id or None if one else None

    def commands(self) -> Sequence[Bound]:
        return (
            Bound(commands.CONFIRM, self.to_answer, self._has_one),
            Bound(commands.NO, self.to_no, self._may_refuse),
            Bound(commands.END, self.to_end, self._may_end),
            Bound(commands.NOTE, self.write, self._has_one),
            Bound(commands.READ, self.read_pages, self._has_text),
            Bound(commands.PATIENT, self.to_patient, self._has_one),
            Bound(commands.FLOOR, self.to_floor, self._has_one),
        )

    # What is shown.

    @property
    def current(self) -> Request | None:
        place, lines = self.list.currentIndex().row(), self.list.lines()
        payload = lines[place].payload if 0 <= place < len(lines) else None
        return payload if isinstance(payload, Request) else None

    def look(self) -> None:
        """Read it again."""
        self._look(None)

    def _look(self, then: Callable[[], object] | None) -> None:
        self._reader.read(partial(_read, self._desk), then)

    def _heard(self, changes: Changes) -> None:
        if changes.kinds & MATTERS:
            self._stale()

    def _stale(self) -> None:
        if self._active:
            self.look()

    def _came(self, found: list[Request]) -> None:
        kept = self._kept
        focused = self.list.hasFocus() or self.nobody.hasFocus()
        self.count.set_text(words.counted(found))
        self._stack.setCurrentWidget(self._scroll if found else self.nobody)
        self.list.set_lines([ListLine(words.row_of(one), one) for one in found])
        place = next((n for n, one in enumerate(found) if kept is not None and one.key == kept.key), -1)
        gone = kept is not None and place < 0
        if found:
            here = self.list.currentIndex().row()
            self._stand_at(place if place >= 0 else max(0, min(here, len(found) - 1)))
        if self.panel.isVisible() and (gone or not found):
            self._frame.close_panel()  # who stood in it comes back to the list
        elif self._active and focused and not self.panel.isVisible():
            self.focus_work()
        self._picked()

    def _stand_at(self, place: int) -> None:
        self.list.setCurrentIndex(self.list.model().index(place, 0))

    def _choose(self, wanted: Callable[[Request], bool]) -> None:
        found = [one.payload for one in self.list.lines() if isinstance(one.payload, Request)]
        place = next((n for n, one in enumerate(found) if wanted(one)), None)
        if place is not None:
            self._stand_at(place)
            self._opened(found[place])

    def show_request(self, request: Request) -> None:
        """One of them, asked for by another place."""
        self._look_for(lambda one: one.key == request.key)

    def _look_for(self, wanted: Callable[[Request], bool]) -> None:
        self._look(partial(self._choose, wanted))

    def show_incident(self, incident_id: int) -> None:
        """The answer to an incident, asked for by another place."""
        self._look_for(partial(_is_of, incident_id))

    def show_review(self, patient_id: int) -> None:
        """The review that is owed to a patient's course, asked for by another place."""
        self._look_for(lambda one: one.kind is RequestKind.REVIEW and one.patient_id == patient_id)

    def show_text(self, kind: str, language: str, number: int) -> None:
        """The answer to a text, asked for by another place."""
        self._look_for(partial(_is_text, (kind, language, number)))

    def _picked(self) -> None:
        one = self.current
        self._kept = one
        if one is not None:
            self.panel.show_request(one)

    def _has_one(self) -> bool:
        return self.current is not None

    def _has_text(self) -> bool:
        return self.current is not None and self.current.kind is RequestKind.TEXT

    def _may_refuse(self) -> bool:
        one = self.current
        return one is not None and bool(words.ANSWERS[one.kind].no)

    def _may_end(self) -> bool:
        one = self.current
        return one is not None and answering.may_end(one)

    # What is done.

    def _opened(self, one: Request, *, to_answer: bool = False) -> bool:
        self._kept = one
        self.panel.show_request(one)
        shown = self._frame.show_panel(self.panel, WIDTH)
        if shown:
            self.panel.start(to_answer=to_answer)
        return shown

    def _close_panel(self) -> None:
        self._frame.close_panel()
        self.focus_work()

    def write(self) -> None:
        """To the words, in the panel."""
        one = self.current
        if one is not None:
            self._opened(one)
            if self.panel.words.isVisible() and self.panel.words.isEnabled():
                self.panel.words.setFocus()

    def to_answer(self) -> None:
        """Shown, with its answer at hand; nothing is answered by this key."""
        one = self._answerable()
        if one is None:
            return
        names = words.ANSWERS[one.kind]
        if names.elsewhere:
            self.to_patient()
        elif self._opened(one, to_answer=True):
            if one.kind in IN_WORDS and not self.panel.typed:
                self.panel.ask_words()
                choose = tr("Say what was decided. Enter leads to the answers.")
                enter = tr("Say what was decided. Enter: {answer}").format(answer=tr(names.yes))
                self._frame.say(choose if one.kind is RequestKind.EARLIER else enter)
            else:
                self._frame.say(tr("Read it. Enter: {answer}").format(answer=tr(names.yes)))

    def _say_yes(self) -> None:
        """To the one that is shown; an incident asks for words."""
        one = self._answerable()
        if one is None or not self._is_shown(one):
            return
        names = words.ANSWERS[one.kind]
        if names.elsewhere:
            self.to_patient()
            return
        if self.panel.say_yes.missing:
            self._frame.say(" ".join(self.panel.say_yes.missing))
            return
        if one.kind in IN_WORDS and not self.panel.typed:
            self.panel.ask_words(tr("Say what was decided."))
            return
        day = self.panel.day.value if one.kind is RequestKind.TEXT else None
        if one.kind is RequestKind.TEXT and not self.panel.day.understood:
            self.panel.ask_day(tr("No day was understood: 12/24, fri, +2w."))
            return
        done = tr(names.done)
        if day is not None and day != self._desk.today():
            done = tr("the text is approved, from {day} on").format(day=day_words(day))
        self._do(one, answering.yes(self._desk, one, self.panel.typed, day), done)

    def _is_shown(self, one: Request) -> bool:
        return self.panel.isVisible() and self._is_in_panel(one)

    def _is_in_panel(self, one: Request) -> bool:
        return self.panel.one is not None and self.panel.one.key == one.key

    def to_no(self) -> None:
        """Shown, with the words that a no has; once they are typed the key says it."""
        one = self._answerable()
        if one is None or not self._may_refuse():
            return
        if not self._is_shown(one) and not self._opened(one):
            return
        if self.panel.typed:
            self._say_no()
        elif one.kind is RequestKind.PRESSURE:
            self.panel.say_no.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._frame.say(tr("Read it. Enter: {answer}").format(answer=self.panel.say_no.text()))
        else:
            why = tr("Say why. Whoever asked reads it.")
            self.panel.ask_words(why if self.panel.waits_for_no else "", says_no=True)
            self._frame.say(why)

    def _say_no(self) -> None:
        """To the one that is shown; it has words, but for a pressure that is to be taken again."""
        one = self._answerable()
        if one is None or not self._may_refuse() or not self._is_shown(one):
            return
        if not self.panel.typed and one.kind is not RequestKind.PRESSURE:
            self.panel.ask_words(tr("Say why. Whoever asked reads it."), says_no=True)
            return
        work = answering.no(self._desk, one, self.panel.typed)
        self._do(one, work, tr(words.ANSWERS[one.kind].done_no))

    def to_end(self) -> None:
        """Shown, with this answer at hand: Enter gives it, with the words where some are typed."""
        one = self._answerable()
        if one is None or not self._may_end():
            return
        if self._is_shown(one) or self._opened(one):
            self.panel.say_end.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._frame.say(tr("Read it. Enter: {answer}").format(answer=self.panel.say_end.text()))

    def _say_end(self) -> None:
        one = self._answerable()
        if one is not None and self._is_shown(one):
            work = answering.end(self._desk, one, self.panel.typed)
            self._do(one, work, tr("not treated today, it was said. The room ends the visit."))

    def _answerable(self) -> Request | None:
        if not may(self._desk.actor, Right.CLEAR):
            self._frame.say(tr("A prescriber decides this."))
            return None
        return self.current

    def _do(self, one: Request, work: answering.Work | None, done: str) -> None:
        if work is None:
            return
        done = done.format(treatment=self._treatment(one))
        said = tr("{name}: {what}").format(name=words.headline(one), what=done)
        run(self.view, work, partial(self._done, one, said), partial(self._failed, one), key="decisions")

    def _treatment(self, one: Request) -> str:
        return self._desk.setup.modality(one.modality).name if one.modality else ""

    def _done(self, one: Request, said: str, changes: Changes) -> None:
        if self._is_in_panel(one):  # what is typed for another one, chosen meanwhile, stays
            self.panel.words.clear()
            if self.panel.isVisible():  # a second Enter, before the list is read again, answers nothing
                self._close_panel()
        self._frame.say(said)
        announce(self.view, said)
        self._desk.record(changes)
        self.look()

    def _failed(self, one: Request, problem: ClinicProblem) -> None:
        gone_on = not self._active or (self.panel.isVisible() and not self._is_in_panel(one))
        if gone_on and isinstance(problem, BadInput | Refusal):
            self._say_elsewhere(one, problem)
        elif isinstance(problem, BadInput):
            self._opened(one)
            said = fields_worded(problem.problems)
            if day := said.pop("effective_from", ""):
                self.panel.ask_day(day)
            if said:
                self.panel.ask_words(" ".join(said.values()))
        elif isinstance(problem, Refusal):
            self._opened(one)
            self.panel.refuse(all_worded(problem.findings))
        else:
            show_problem(problem)

    def _say_elsewhere(self, one: Request, problem: BadInput | Refusal) -> None:
        """Another one is read meanwhile: its words are not taken away, and no key there answers this."""
        slips = fields_worded(problem.problems).values() if isinstance(problem, BadInput) else ()
        why = all_worded(problem.findings) if isinstance(problem, Refusal) else " ".join(slips)
        title = tr("Not answered. {what}").format(what=words.headline(one))
        show = NoticeAction(tr("Show the decision"), partial(self._show_again, one))
        self._frame.notice(title, why, Tone.DANGER, show)

    def _show_again(self, one: Request) -> None:
        self._frame.go(DECISIONS)
        self.show_request(one)

    def read_pages(self) -> None:
        """A text as patients would have it."""
        one = self.current
        if one is not None and isinstance(one.about, WaitingText):
            pages = TextPages.ask(self.view, self._desk, one.about)
            pages.seen.connect(partial(self.panel.has_read, one))
            pages.finished.connect(partial(self._pages_left, one))

    def _pages_left(self, one: Request, _result: int) -> None:
        """To the answer, once it is unlocked: the button says Enter."""
        if self._is_shown(one) and self.panel.was_read(one):
            self.to_answer()

    def to_patient(self) -> None:
        one = self.current
        if one is not None and one.patient_id:
            self._ask("patients", "show_patient", one.patient_id)

    def to_floor(self) -> None:
        """The visit on its day."""
        one = self.current
        if one is not None and one.visit is not None:
            self._ask("floor", "show_visit", one.visit.id)

    def _ask(self, place_id: str, what: str, number: int) -> None:
        """Go to another place and show it whom we mean, where it can be told."""
        tell = getattr(self._frame.go(place_id), what, None)
        if callable(tell):
            tell(number)


def _is_of(incident_id: int, one: Request) -> bool:
    return isinstance(one.about, OpenIncident) and one.about.incident.id == incident_id


def _is_text(name: tuple[str, str, int], one: Request) -> bool:
    text = one.about
    return isinstance(text, WaitingText) and (text.kind, text.language, text.number) == name


def _read(desk: Desk) -> list[Request]:
    with desk.store.read() as records:
        return requests(records, desk.now(), Texts())


def decisions_spec(desk: Desk, key: str = commands.KEY) -> PlaceSpec:
    """The place for the rail."""
    return PlaceSpec(DECISIONS, QT_TR_NOOP("Decisions"), "check", key, partial(DecisionsPlace, desk))
