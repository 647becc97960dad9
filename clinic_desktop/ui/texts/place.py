"""The texts of the sheets as a place: what is handed out, its versions, and the words to write on.

It stands below the sheets: the mark of those is its own too.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from clinic_desktop.aftercare.sheet_text import ENGLISH, SheetText, TextStatus
from clinic_desktop.aftercare.text_list import TextLine, can_be_asked, is_own_draft, texts_here
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.people.languages import language_name
from clinic_desktop.ui import shell_commands
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.decisions.commands import DECISIONS
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import LatestReader
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame, Place, PlaceSpec
from clinic_desktop.ui.script_fonts import load_script_fonts
from clinic_desktop.ui.sheets.commands import SHEETS, TEXTS
from clinic_desktop.ui.texts import commands
from clinic_desktop.ui.texts.asking import NewText
from clinic_desktop.ui.texts.doing import Doing
from clinic_desktop.ui.texts.session import Session
from clinic_desktop.ui.texts.view import TextsView
from clinic_desktop.ui.texts.who import may_approve, may_write, who_approves, who_writes
from clinic_desktop.ui.texts.words import Here, state
from clinic_desktop.ui.texts.writing import WritingView
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label

_IN_THE_LIST = frozenset({commands.EDIT.id})
_IN_BOTH = frozenset({commands.ASK.id, commands.COMPARE.id, shell_commands.ALL_KEYS.id})
_MATTERS = frozenset({"sheet_text", "visit_type", "clinic", "staff"})


class TextsPlace(Place):
    """The list first; a version opens over it, to write on or to read."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        self.title = tr("Sheet texts")
        self._desk, self._frame = desk, frame
        self._active = False
        self._lines: list[TextLine] = []
        self._wanted: tuple[str, str] | None = None
        self._stands = 0  # the version to stand on once the list was read; 0 the one that stood
        self.view, self.writing = TextsView(), WritingView(desk)
        self.stack, self._heading = QStackedWidget(), label(self.title, TextRole.NAME)
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.writing)
        self.doing = Doing(frame, desk, self.stack, self._asked)
        self.session = Session(frame, desk, self.writing)
        self._reader: LatestReader[list[TextLine]] = LatestReader(self.view, self._came)
        self._connect()

    def _connect(self) -> None:
        view, writing = self.view, self.writing
        view.texts.selectionModel().currentChanged.connect(self._text_picked)
        view.versions.selectionModel().currentChanged.connect(self._version_picked)
        view.texts.chosen.connect(self._to_versions)
        view.versions.chosen.connect(self.open_version)
        view.write.fired.connect(self.edit)
        view.write.refused.connect(self._say_who_writes)
        view.read.fired.connect(self.open_version)
        view.new.fired.connect(self.new_text)
        view.new.refused.connect(self._say_who_writes)
        view.answer.fired.connect(self._to_decisions)
        for button, what in ((view.compare, self.compare), (writing.compare, self.compare)):
            button.fired.connect(what)
        for button in (view.ask, writing.ask):
            button.fired.connect(self.ask)
        view.withdraw.fired.connect(self.withdraw)
        view.delete.fired.connect(self.delete)
        writing.left.connect(self._leave)
        self._desk.hub.changed.connect(self._heard)
        self._desk.actor_changed.connect(self._renew_rights)
        self._desk.setup_changed.connect(self._stale)

    # The place.

    def widget(self) -> QWidget:
        return self.stack

    def top_bar_widget(self) -> QWidget | None:
        return self._heading

    def names_key(self, command_id: str) -> bool:
        return (command_id in _IN_THE_LIST) == (not self.session.open) or command_id in _IN_BOTH

    def panes(self) -> Sequence[QWidget]:
        if self.session.open:
            return (self.writing.editor, self.writing.checks, self.writing.preview)
        return (self.view.texts, self.view.versions)

    def activated(self) -> None:
        load_script_fonts()
        self._active = True
        self._stale()

    def deactivated(self) -> None:
        self._active = False
        if self.session.writes:
            self.session.keeper.keep()

    def focus_work(self) -> None:
        if self.session.open:
            self.writing.editor.setFocus()
        elif self.view.narrow and not self.view.texts.isVisible():
            self.view.versions.setFocus()
        else:
            self.view.texts.setFocus()

    def escape(self) -> bool:
        """Out of the words, which are kept; then from the versions to the texts; then to the sheets."""
        if self.session.open:
            if not self.writing.step_out():
                self._leave()
            return True
        if not self.view.texts.hasFocus():
            self.view.turn_to(versions=False)
            return True
        return False

    def commands(self) -> Sequence[Bound]:
        writes, doing = self._writes, self.doing
        return (
            Bound(commands.EDIT, self.edit, self._can_edit, otherwise=self._say_who_writes),
            Bound(commands.NEW, self.new_text, self._can_write, otherwise=self._say_who_writes),
            Bound(commands.SAVE, self.session.keep, writes),
            Bound(commands.ASK, self.ask, self._can_ask, otherwise=self._say_why_not_asked),
            Bound(commands.WITHDRAW, self.withdraw, self._can_withdraw, otherwise=doing.say_who_withdraws),
            Bound(commands.DELETE, self.delete, self._can_delete, otherwise=self._say_why_not_deleted),
            Bound(commands.COMPARE, self.compare, self._has_one),
            Bound(commands.PAGES, self.pages, self._has_one),
            Bound(commands.NEXT, self.session.next_problem, self._is_open),
            Bound(commands.FIND, self.writing.find_in_text, self._is_open),
            Bound(commands.INSERT, self.session.insert, writes),
        )

    # Reading the list.

    @property
    def here(self) -> Here:
        return Here(self._desk.setup, self._desk.today())

    def _heard(self, changes: Changes) -> None:
        if changes.kinds & _MATTERS:
            self._stale()

    def _stale(self) -> None:
        if self._active:
            self._reader.read(partial(_read, self._desk))

    def _came(self, lines: list[TextLine]) -> None:
        self._lines = lines
        self.view.show_texts(lines, self.here)
        if self._wanted is not None:
            self.view.go_to_text(self._wanted, lines)
            self._wanted = None
        self._show_versions(self._stands)
        self._stands = 0

    def _text_picked(self) -> None:
        self._show_versions()

    def _show_versions(self, number: int = 0) -> None:
        self.view.show_versions(self.view.text, self.here, number)
        self._version_picked()

    def _to_versions(self) -> None:
        self.view.turn_to(versions=True)

    def _version_picked(self) -> None:
        self.view.show_about(self.here)
        self._renew_rights()

    def _renew_rights(self) -> None:
        view, one = self.view, self.view.version
        writes = [] if may_write(self._desk.actor) else [who_writes()]
        view.write.set_missing(writes)
        view.new.set_missing(writes)
        view.ask.setVisible(one is not None and can_be_asked(one))
        view.ask.set_missing(writes)
        view.delete.setVisible(one is not None and is_own_draft(one))
        view.delete.set_missing(writes)
        view.withdraw.setVisible(one is not None and one.status is TextStatus.APPROVED)
        view.withdraw.set_missing([] if may_approve(self._desk.actor) else [who_approves()])
        waits = one is not None and (one.status is TextStatus.ASKED or bool(one.shipped and _undecided(one)))
        view.answer.setVisible(waits)

    def _say_who_writes(self) -> None:
        self._frame.notice(tr("Only to read"), who_writes(), Tone.WARN)

    # Opening.

    def _shown(self) -> SheetText | None:
        """The version that is meant: the open one, else the one that stands chosen."""
        return self.session.version if self.session.open else self.view.version

    def _is_open(self) -> bool:
        return self.session.open

    def _has_one(self) -> bool:
        return self.session.open or self.view.version is not None

    def _writes(self) -> bool:
        return self.session.writes

    def _can_edit(self) -> bool:
        return self.view.text is not None and may_write(self._desk.actor)

    def open_version(self) -> None:
        """A draft of the clinic's to write on, everything else to read."""
        line, one = self.view.text, self.view.version
        if line is None or one is None:
            return
        if is_own_draft(one) and may_write(self._desk.actor):
            self.session.write(line, one.source, one)
        else:
            self.session.read(line, one, state(one, line, self._desk.today())[0])
        self._shows()

    def edit(self) -> None:
        """The draft there is; else a new version that begins from the words of the chosen one."""
        if self._writes():
            self.writing.editor.setFocus()
            return
        line, one = self.view.text, self._shown()
        if line is None or not may_write(self._desk.actor):
            return
        draft = line.draft
        if draft is not None:
            if one is not None and one.number != draft.number:
                words = tr("Version {number} is being written already: here it is.")
                self._frame.say(words.format(number=draft.number))
            self.session.write(line, draft.source, draft)
        elif one is not None:
            self.session.write(line, one.source, None, begun_from=one)
        self._shows()

    def _shows(self) -> None:
        self.stack.setCurrentWidget(self.writing)
        self._frame.renew_keys()
        self.writing.editor.setFocus()

    def _leave(self) -> None:
        """Back to the list, once what was typed is kept."""
        self.session.leave(self._back)

    def _back(self) -> None:
        line = self.session.line
        if line is None:
            return
        self.session.close()
        self._wanted = (line.kind, line.language)
        self.stack.setCurrentWidget(self.view)
        self._frame.renew_keys()
        self.view.turn_to(versions=True)
        self._stale()

    # What is done with the version that is meant.

    def _can_write(self) -> bool:
        return may_write(self._desk.actor)

    def _is_on(self, kind: Callable[[SheetText], bool]) -> bool:
        """Whether somebody who may write writes, or stands on a version of a kind."""
        one = self.view.version
        stands = not self.session.open and one is not None and kind(one)
        return self._can_write() and (self._writes() or stands)

    def _say_why_not(self, title: str, text: str) -> None:
        """Who may write at all comes first."""
        if self._can_write():
            self._frame.notice(title, text, Tone.WARN)
        else:
            self._say_who_writes()

    def _can_ask(self) -> bool:
        return self._is_on(can_be_asked)

    def _say_why_not_asked(self) -> None:
        text = tr("Approval is asked for a draft. {key} writes one.").format(key=commands.EDIT.key)
        self._say_why_not(tr("Nothing is asked"), text)

    def ask(self) -> None:
        """For the draft, which is kept first; what is unfinished is put before nobody."""
        if not self._can_ask():
            self._say_why_not_asked()
        elif not self._writes():
            self.doing.ask_for(self.view.version)
        elif self.writing.trial.problems:
            count = len(self.writing.trial.problems)
            text = tr("%n problem(s) (comes|come) first. {key} goes there.", "", count).format(
                key=commands.NEXT.key
            )
            self._frame.notice(tr("Not asked yet"), text, Tone.WARN)
            self.writing.next_problem()
        else:
            self.session.keeper.keep(self._ask_kept)

    def _ask_kept(self, draft: SheetText | None) -> None:
        """Where nothing is new: for the words as they stand, of a translation that comes with the program."""
        unchanged = self.session.as_it_stands
        if draft is None and unchanged is not None and can_be_asked(unchanged):
            self.doing.ask_for(unchanged)
        elif draft is None and unchanged is not None and unchanged.shipped and _undecided(unchanged):
            text = tr("These words of the program wait for a prescriber already, in My decisions.")
            self._frame.notice(tr("Nothing is asked"), text, Tone.INFO)
        else:
            self.doing.ask_for(draft)

    def _asked(self, number: int) -> None:
        """The version that waits now stands chosen, so that what is said below it is about that one."""
        self._back()
        self._stands = number

    def _can_withdraw(self) -> bool:
        return self.doing.can_withdraw(self._shown())

    def withdraw(self) -> None:
        self.doing.withdraw(self._shown())

    def _can_delete(self) -> bool:
        return self._is_on(is_own_draft)

    def _say_why_not_deleted(self) -> None:
        text = tr("Only a draft can be deleted. What was put before a prescriber stays for good.")
        self._say_why_not(tr("Nothing is deleted"), text)

    def delete(self) -> None:
        """The draft that is written on, or that stands chosen; it is asked first."""
        one = self.view.version
        if not self._can_delete():
            self._say_why_not_deleted()
        elif self._writes():
            self.session.keeper.keep(self._delete_kept)
        elif one is not None:
            self.doing.delete(one, self._stale)

    def _delete_kept(self, draft: SheetText | None) -> None:
        if draft is None:
            self._frame.say(tr("Nothing is on record yet. Esc leaves it."))
        else:
            self.doing.delete(draft, self._back)

    def compare(self) -> None:
        """With what is handed out."""
        line, one = self.session.line or self.view.text, self._shown()
        if line is not None:
            words = self.session.words if self._writes() else one.source if one is not None else ""
            self.doing.compare(line, one, words)

    def pages(self) -> None:
        """To the pages of what is open, and back; a version that is not open is opened at its pages."""
        if not self.session.open:
            self.open_version()
        self.writing.turn()

    def new_text(self) -> None:
        """Another kind or language: from the words of the program, else from the English ones."""
        if not self._can_write():
            self._say_who_writes()
            return
        kinds = [(one.kind, one.title) for one in self._lines if one.language == ENGLISH]
        here = self.view.text
        NewText(self.stack.window(), kinds, here.kind if here is not None else "", self._begin).open()

    def _begin(self, kind: str, language: str) -> None:
        known = {(one.kind, one.language): one for one in self._lines}
        if (kind, language) in known:
            self.view.go_to_text((kind, language), self._lines)
            self._text_picked()
            self.edit()
            return
        english = known[kind, ENGLISH]
        words = (english.in_force or english.versions[0]).source
        source = words.replace(f"language: {ENGLISH}\n", f"language: {language}\n", 1)
        name = tr("{title}, {language}").format(title=english.title, language=language_name(language))
        self.session.write(TextLine(kind, language, english.used, None, ()), source, None, name)
        self._shows()
        said = tr("Translate it into {language}; English is handed out until it is approved.")
        self._frame.say(said.format(language=language_name(language)))

    def _to_decisions(self) -> None:
        one = self.view.version
        tell = getattr(self._frame.go(DECISIONS), "show_text", None)
        if one is not None and callable(tell):
            tell(one.kind, one.language, one.number)


def _read(desk: Desk) -> list[TextLine]:
    with desk.store.read() as records:
        return texts_here(records, desk.now())


def _undecided(one: SheetText) -> bool:
    return one.status is TextStatus.DRAFT and one.language == ENGLISH


def texts_spec(desk: Desk, key: str = commands.KEY) -> PlaceSpec:
    """The place; the mark of the sheets is its own."""
    also = QT_TR_NOOP("template editor translation version approve wording aftercare")
    return PlaceSpec(
        TEXTS, QT_TR_NOOP("Sheet texts"), "edit", key, partial(TextsPlace, desk), under=SHEETS, also=also
    )
