"""What is done with a version: approval is asked for it, it is withdrawn, it is compared with another."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from clinic_desktop.aftercare.approving import TextName, ask_approval, delete_draft, withdraw
from clinic_desktop.aftercare.parse import read_template
from clinic_desktop.aftercare.problems import TextRefused
from clinic_desktop.aftercare.sheet_text import SheetText, TextStatus
from clinic_desktop.aftercare.text_changes import changes_between
from clinic_desktop.aftercare.text_list import TextLine
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput, ClinicProblem
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run, show_problem
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.texts.asking import AskApproval, WhyDialog
from clinic_desktop.ui.texts.comparing import Comparing
from clinic_desktop.ui.texts.who import may_approve, who_approves
from clinic_desktop.ui.texts.words import problem_words, state

_KEY = "texts.doing"


class Doing:
    """Asks over the window of ``view``; ``on_asked`` gets the number of what lies before the
    prescribers."""

    def __init__(self, frame: Frame, desk: Desk, view: QWidget, on_asked: Callable[[int], object]) -> None:
        self._frame, self._desk, self._view, self._on_asked = frame, desk, view, on_asked

    # Approval.

    def ask_for(self, draft: SheetText | None) -> None:
        """What changed and from when; the draft is on record."""
        if draft is None:
            self._frame.notice(tr("Nothing is asked"), tr("Change the text first."), Tone.WARN)
            return
        title = tr("Ask for approval of version {number}").format(number=draft.number)
        asked = partial(self._ask, draft)
        changed = None if draft.shipped else draft.changed
        AskApproval(self._view.window(), title, changed, self._desk.today, asked).open()

    def _ask(self, draft: SheetText, dialog: AskApproval) -> None:
        desk = self._desk
        work = partial(ask_approval, desk.store, desk.actor, _name(draft), dialog.changed, dialog.day.value)
        run(dialog, work, partial(self._asked, draft, dialog), partial(self._not_asked, dialog), key=_KEY)

    def _asked(self, draft: SheetText, dialog: AskApproval, changes: Changes) -> None:
        dialog.accept()
        self._on_asked(draft.number)
        words = tr("Version {number} waits for a prescriber, in My decisions.")
        self._done(words.format(number=draft.number), changes)

    def _not_asked(self, dialog: AskApproval, problem: ClinicProblem) -> None:
        if isinstance(problem, BadInput):
            dialog.refuse(problem)
            return
        dialog.reject()
        if isinstance(problem, TextRefused):
            self._frame.notice(tr("Not asked yet"), problem_words(problem.problems[0]), Tone.WARN)
        else:
            show_problem(problem)

    def _done(self, words: str, changes: Changes) -> None:
        self._frame.say(words)
        announce(self._view, words)
        self._desk.record(changes)

    # Withdrawing.

    def can_withdraw(self, one: SheetText | None) -> bool:
        approved = one is not None and one.status is TextStatus.APPROVED
        return approved and may_approve(self._desk.actor)

    def say_who_withdraws(self) -> None:
        why = tr("Pick a version that is approved.") if may_approve(self._desk.actor) else who_approves()
        self._frame.notice(tr("Not withdrawn"), why, Tone.WARN)

    def withdraw(self, one: SheetText | None) -> None:
        """A prescriber's, with words that stay on record."""
        if one is None or not self.can_withdraw(one):
            self.say_who_withdraws()
            return
        title = tr("Withdraw version {number}?").format(number=one.number)
        text = tr("No sheet in these words is handed out any more. What was approved before counts again.")
        then = partial(self._withdraw, one)
        WhyDialog(self._view.window(), title, text, tr("Withdraw it"), then).open()

    def _withdraw(self, one: SheetText, words: str) -> None:
        desk = self._desk
        done = tr("Version {number} is withdrawn.").format(number=one.number)
        work = partial(withdraw, desk.store, desk.actor, _name(one), words)
        run(self._view, work, partial(self._done, done), key=_KEY)

    # Deleting.

    def delete(self, draft: SheetText, then: Callable[[], object]) -> None:
        """Asked first; ``then`` once the draft is gone."""
        title = tr("Delete the draft, version {number}?").format(number=draft.number)
        text = tr(
            "Its words are gone from here for good. What was approved stays, and that the draft was deleted "
            "stays on record."
        )
        yes = partial(self._delete, draft, then)
        QuestionDialog.ask(self._view.window(), title, text, tr("Delete it"), yes, danger=True)

    def _delete(self, draft: SheetText, then: Callable[[], object]) -> None:
        desk = self._desk
        work = partial(delete_draft, desk.store, desk.actor, draft)
        run(self._view, work, partial(self._deleted, draft, then), key=_KEY)

    def _deleted(self, draft: SheetText, then: Callable[[], object], changes: Changes) -> None:
        then()
        self._done(tr("The draft, version {number}, is deleted.").format(number=draft.number), changes)

    # Comparing.

    def compare(self, line: TextLine, one: SheetText | None, words: str) -> None:
        """Words of a version with what is handed out now; that itself with the version before it."""
        other = _compared_with(line, one)
        if other is None:
            text = tr("There is no other version of this text.")
            self._frame.notice(tr("Nothing to compare"), text, Tone.INFO)
            return
        new, old = read_template(words, "text")[0], read_template(other.source, "text")[0]
        if new is None or old is None:
            self._frame.notice(tr("Not compared"), tr("Mend the head of the text first."), Tone.WARN)
            return
        stands, _tone = state(other, line, self._desk.today())
        said = tr("Against version {number}: {state}.").format(number=other.number, state=stands)
        Comparing.ask(self._view.window(), said, changes_between(old, new))


def _name(one: SheetText) -> TextName:
    return TextName(one.kind, one.language, one.number, one.shipped)


def _compared_with(line: TextLine, one: SheetText | None) -> SheetText | None:
    """What is handed out; for that itself, and where nothing is, the version before."""
    if line.in_force is not None and (one is None or one.number != line.in_force.number):
        return line.in_force
    before = [each for each in line.versions if one is None or each.number < one.number]
    return before[0] if before else None
