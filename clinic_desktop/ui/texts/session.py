"""What is open over the list of texts: a version to read, or a draft that is kept while it is written."""

from collections.abc import Callable
from functools import partial

from clinic_desktop.aftercare.front import with_record
from clinic_desktop.aftercare.problems import TextRefused
from clinic_desktop.aftercare.sheet_text import SheetText
from clinic_desktop.aftercare.text_list import TextLine
from clinic_desktop.aftercare.texts import source_of_record
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.scheduling.meanwhile import Meanwhile, read_meanwhile
from clinic_desktop.ui.announce import announce, sentences
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame, NoticeAction
from clinic_desktop.ui.texts import commands
from clinic_desktop.ui.texts.inserting import Inserting, Piece, pieces
from clinic_desktop.ui.texts.keeping import Keeper
from clinic_desktop.ui.texts.words import heading, problem_words
from clinic_desktop.ui.texts.writing import WORDS, WritingView
from clinic_desktop.ui.who_changed import SET_UP, told_title, told_too
from clinic_desktop.ui.wording import problem_worded


class Session:
    """line: the text that is open; None while the list is shown. version: the one that is read."""

    def __init__(self, frame: Frame, desk: Desk, writing: WritingView) -> None:
        self._frame, self._desk, self._writing = frame, desk, writing
        self.line: TextLine | None = None
        self._version: SheetText | None = None
        self._begun_from: SheetText | None = None
        self._name = ""
        self.keeper = Keeper(desk, lambda: writing.source, writing)
        self.keeper.kept.connect(self._kept)
        self.keeper.failed.connect(self._not_kept)
        self.keeper.taken.connect(self._taken)
        writing.typed.connect(self._typed)
        writing.hidden.connect(self._hidden)
        writing.keep.fired.connect(self.keep)
        writing.insert.fired.connect(self.insert)
        writing.statements_wanted.connect(self.insert)

    @property
    def open(self) -> bool:
        return self.line is not None

    @property
    def writes(self) -> bool:
        """Whether what is open is written on."""
        return self.open and not self._writing.read_only

    @property
    def version(self) -> SheetText | None:
        """As far as it is on record."""
        return self._version or self.keeper.over

    @property
    def as_it_stands(self) -> SheetText | None:
        """The version that the words begin from, while nothing in them is new."""
        return self._begun_from if self.writes and self.keeper.over is None else None

    @property
    def words(self) -> str:
        return self._writing.source

    def read(self, line: TextLine, one: SheetText, words: str) -> None:
        """A version as it stands, which ``words`` say."""
        self.line, self._version, self._name = line, one, heading(line)
        source = source_of_record(one, self._desk.setup.clinic.zone)
        self._writing.open_text(self._title(one.number, words), source, read_only=True)
        self._writing.say(tr("Only to read. {key} writes a new version.").format(key=commands.EDIT.key))

    def write(
        self,
        line: TextLine,
        source: str,
        over: SheetText | None,
        name: str = "",
        begun_from: SheetText | None = None,
    ) -> None:
        """A draft, or words that a new version begins from. name: of a text that is not on record yet; else
        it is called as it is there."""
        self._begun_from = begun_from
        newest = max((one.number for one in line.versions), default=0)
        number = over.number if over is not None else newest + 1
        self.line, self._version, self._name = line, None, name or heading(line)
        source = with_record(source, number)
        self.keeper.begin(source, over)
        self._writing.open_text(self._title(number, tr("Draft")), source, read_only=False)
        self._writing.say(tr("Kept as a draft") if over is not None else tr("Nothing is changed yet"))

    def _title(self, number: int, words: str) -> str:
        return tr("Version {number}, {state}: {text}").format(text=self._name, number=number, state=words)

    def leave(self, then: Callable[[], object]) -> None:
        """Once what was typed is kept; where it cannot be, that is said, and it stays open."""
        self.keeper.keep(lambda _draft: then())

    def close(self) -> None:
        """It is on record, or only read."""
        self.keeper.end()
        self.line = self._version = None

    # Keeping.

    def _typed(self) -> None:
        self.keeper.typed()
        self._say_kept()

    def _say_kept(self) -> None:
        self._writing.say(tr("Not kept yet") if self.keeper.dirty else tr("Kept as a draft"))

    def _hidden(self) -> None:
        if self.writes:
            self.keeper.keep()

    def keep(self) -> None:
        """Put the draft on record now."""
        self.keeper.keep(self._said_kept)

    def _said_kept(self, draft: SheetText | None) -> None:
        words = tr("The draft is kept.") if draft is not None else tr("Nothing is new, so nothing is kept.")
        self._frame.say(words)
        announce(self._writing, words)

    def _kept(self, draft: SheetText) -> None:
        if self.writes:
            self._writing.set_title(self._title(draft.number, tr("Draft")))
            self._say_kept()

    def _not_kept(self, problem: ClinicProblem) -> None:
        if isinstance(problem, TextRefused):
            said = " ".join(problem_words(one) for one in problem.problems[:2])
        else:
            said = problem_worded(problem)
        told = tr("{why} The words stay in the window.").format(why=said)
        self._say_not_kept(told, NoticeAction(tr("Once more"), self.keep))

    def _taken(self) -> None:
        """Who was first, and when; a text has no fields that could be brought together."""
        over = self.keeper.over
        if over is None:
            self._tell_taken(tr("Somebody else changed this"), "")
            return
        read = partial(read_meanwhile, self._desk.store, over)
        run(self._writing, read, self._read_taken)

    def _read_taken(self, told: Meanwhile[SheetText]) -> None:
        self._tell_taken(told_title(told, self._desk, SET_UP), told_too(told, self._desk))

    def _tell_taken(self, who: str, before: str) -> None:
        stays = tr("Your words are still here, and not kept.")
        text = sentences(who, before, stays)
        action = NoticeAction(tr("Keep mine as a version of its own"), self.keeper.keep_as_own)
        self._say_not_kept(text, action)

    def _say_not_kept(self, text: str, action: NoticeAction) -> None:
        self._writing.say(tr("Not kept"))
        self._frame.notice(tr("The draft is not kept"), text, Tone.WARN, action)

    # In the words.

    def next_problem(self) -> None:
        if not self._writing.next_problem():
            self._frame.say(tr("No problems in this text."))

    def insert(self) -> None:
        """A fact or a statement, by a few letters."""
        if self.line is not None:
            template = self._writing.trial.template
            kind = template.front.kind if template is not None else self.line.kind
            Inserting.ask(self._writing.window(), pieces(kind, self._writing.trial.said), self._insert)

    def _insert(self, piece: Piece) -> None:
        self._writing.show_part(WORDS)
        if piece.line:
            self._writing.editor.go_to_line(piece.line)
        elif self.writes:
            self._writing.editor.insert_words(piece.words, own_line=piece.own_line)
