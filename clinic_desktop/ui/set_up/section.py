"""One part of the set-up on the screen: its list, the form of the row chosen, and how it is saved."""

from collections.abc import Mapping
from functools import partial
from operator import attrgetter
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from clinic_desktop.foundation.both_changed import Joined, Side
from clinic_desktop.foundation.errors import BadInput, ClinicProblem, StaleEdit
from clinic_desktop.scheduling.meanwhile import Meanwhile, read_meanwhile
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.set_up import Edit, Saved, WouldStrand, change_set_up
from clinic_desktop.security.rights import BUNDLES, Right, may
from clinic_desktop.ui import operations
from clinic_desktop.ui.both_changed import BothChangedDialog, Open
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import ChoiceDialog, QuestionDialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.history_record import change_said
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.set_up.editor import Editor
from clinic_desktop.ui.set_up.pages import FormPage, ListPage
from clinic_desktop.ui.set_up.said_values import said_value
from clinic_desktop.ui.set_up.stranded_list import StrandedPage
from clinic_desktop.ui.set_up.subject import NEW, ONLY, Entry, Subject
from clinic_desktop.ui.who_changed import SET_UP, by_this_desk, told_title, told_too
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import fields_worded, problem_worded

V = TypeVar("V")


class SectionView(QWidget, Generic[V]):
    """List at the left, form at the right. What is typed is kept until it is saved or put back."""

    def __init__(self, desk: Desk, frame: Frame, subject: Subject[V]) -> None:
        super().__init__()
        self._desk, self._frame, self.subject = desk, frame, subject
        self._key = ""
        self._before: dict[str, V] = {}  # as saved, of each row that was opened; not of a new one
        self._drafts: dict[str, V] = {}  # what was typed and not saved
        self._bases: dict[str, V] = {}  # on what each draft was typed; none of a new one
        self._pending: Edit | None = None
        # The row that is being written, its value (None: it is removed), and its name.
        self._sent: tuple[str, V | None, str] = ("", None, "")
        self._removing = False
        self._editors: dict[str, Editor[V]] = {}
        self.list = ListPage(subject)
        self.form = FormPage()
        self.stranded = StrandedPage()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.form)
        self._stack.addWidget(self.stranded)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self._stack, 1)
        self.list.setVisible(subject.has_list)
        self.list.chosen.connect(self.open)
        self.list.opened.connect(self._enter_form)
        self.list.add_pressed.connect(self.add)
        self.form.save_pressed.connect(self.save)
        self.form.put_back_pressed.connect(self.put_back)
        self.form.remove_pressed.connect(self.remove)
        self.stranded.back.connect(self._back)
        self.stranded.anyway.connect(self.save_anyway)
        desk.setup_changed.connect(self.renew)
        desk.actor_changed.connect(self._show_state)
        self.renew()

    # What is shown

    @property
    def dirty(self) -> bool:
        """Something typed here is not saved, in whichever row; also what was not understood."""
        return bool(self._drafts) or any(one.untaken() for one in self._editors.values())

    @property
    def editor(self) -> Editor[V]:
        """The form of the row that is shown."""
        kind = self.subject.kind(self._key)
        if kind not in self._editors:
            made: Editor[V] = self.subject.editor(self._desk, kind)
            made.check_with(self._problems)
            made.edited.connect(self._edited)
            made.submitted.connect(self.save)
            self._editors[kind] = made
        return self._editors[kind]

    @property
    def key(self) -> str:
        return self._key

    def renew(self) -> None:
        """The set-up is another: rows and form follow; what was typed stays."""
        self._before.clear()
        self.show_rows()
        keys = [one.key for one in self._entries()]
        wanted = self._key if self._key in keys else (keys[0] if keys else "")
        if wanted:
            again, self._key = wanted == self._key, wanted
            self._show(again=again)
            if self._overtaken:
                self.form.say(tr("Changed meanwhile. What you typed is kept; saving brings both together."))
        else:
            self.form.show_empty(tr(self.subject.lead))

    def _entries(self) -> list[Entry]:
        if not self.subject.has_list:
            return [Entry(ONLY, Row(""))]
        entries = list(self.subject.rows(self._desk.setup))
        if NEW in self._drafts or self._key == NEW:
            entries.append(Entry(NEW, Row(tr(self.subject.new), badge=tr("new"), tone=Tone.INFO)))
        return entries

    def show_rows(self) -> None:
        """The rows as they are now; the form stays."""
        self.list.show_rows(self._entries(), self._drafts.keys() - {NEW}, self._key)

    def open(self, key: str) -> None:
        """Show a row; a draft of it as it was left."""
        if key == self._key:
            return
        self._key = key
        self._show(again=False)

    def _show(self, *, again: bool) -> None:
        """The form of the row of ``_key``. again: it was shown already, and is only read again."""
        key = self._key
        saved = self._saved(key)
        removable = saved is not None and self.subject.removal(saved) is not None
        self.form.show_editor(self.editor, removable=removable, again=again)
        self.form.order_buttons(self.list.add_button)
        self.editor.load(self._drafts.get(key) or saved or self.subject.fresh(self._desk.setup))
        self._stack.setCurrentWidget(self.form)
        self.list.set_current(key)
        self._show_state()

    def _saved(self, key: str) -> V | None:
        if key == NEW:
            return None
        if key not in self._before:
            self._before[key] = self.subject.value(self._desk.setup, key)
        return self._before[key]

    def add(self) -> None:
        """A new row, ready to type."""
        if not self.subject.add:
            return
        self._key = "" if self._key == NEW else self._key
        self._drafts.setdefault(NEW, self.subject.fresh(self._desk.setup))
        self.open(NEW)
        self.show_rows()
        self._enter_form()

    def _enter_form(self) -> None:
        self.form.focus_first()

    def take_focus(self) -> None:
        """The focus to where the work begins: the list, or the form where there is none."""
        if self.subject.has_list:
            self.list.setFocus()
        else:
            self._enter_form()

    def _edited(self) -> None:
        value = self.editor.value()
        before = self._saved(self._key)
        was = self._key in self._drafts
        if value == before:
            self._forget(self._key)
        else:
            self._drafts[self._key] = value
            if before is not None:
                self._bases.setdefault(self._key, before)
        if was != (self._key in self._drafts):
            self.show_rows()
        self._show_state()

    def _forget(self, key: str) -> None:
        """What was typed in a row is saved, or is not to be."""
        self._drafts.pop(key, None)
        self._bases.pop(key, None)

    def _show_state(self) -> None:
        self.form.set_state(dirty=self._key in self._drafts, missing=self._missing())

    def _missing(self) -> str:
        """Why this person cannot save; empty when they can."""
        if may(self._desk.actor, Right.SET_UP):
            return ""
        roles = {role for role, bundle in BUNDLES.items() if Right.SET_UP in bundle}
        names = [one.name for one in self._desk.setup.staff if one.active and one.roles & roles]
        return tr("Only managers change the set-up. Ask {names}.").format(names=tr(" or ").join(names[:3]))

    def _problems(self) -> dict[str, str]:
        found = self.subject.problems(self._desk.setup, self._saved(self._key), self.editor.value())
        return fields_worded(found)

    def forget(self) -> None:
        """Somebody else is at work now: nothing stays chosen, typed or asked of the one before."""
        self._key, self._pending = "", None
        self._drafts.clear()
        self._bases.clear()
        self.renew()

    # What is done

    def put_back(self) -> None:
        """Forget what was typed in this row."""
        if not self._key:
            return
        key, self._key = self._key, ""
        self._forget(key)
        self.show_rows()
        if key == NEW:
            self.renew()
            self.list.setFocus()
        else:
            self.open(key)
            self._enter_form()

    def save(self) -> None:
        """Write what was typed, unless something does not stand or would strand visits."""
        if not self._key:
            return
        self.editor.commit()
        if missing := self._missing():
            self.form.say(missing, danger=True)
        elif self._key not in self._drafts and not self.editor.untaken():
            self.form.say(tr("Nothing has changed here."))
        elif found := self.editor.problems():
            self.editor.show_problems(found)
            self.form.say(next(iter(found.values())), danger=True)
        elif self._overtaken:
            self._bring_together()
        else:
            self._write(self._edit(), anyway=False)

    def save_anyway(self) -> None:
        """The visits have been seen."""
        if self._pending is not None:
            self._write(self._pending, anyway=True)

    def remove(self) -> None:
        """Take the row away, after one question."""
        if not self._key:
            return
        saved = self._saved(self._key)
        edit = self.subject.removal(saved) if saved is not None else None
        if edit is None or saved is None:
            return
        if missing := self._missing():
            self.form.say(missing, danger=True)
            return
        self._pending = edit
        name = self.subject.name(saved)
        title = tr("Remove {name}?").format(name=name)
        text = tr("The trail keeps what it was. It can be entered again.")
        more = self.subject.removal_with(self._desk.setup, saved)
        if more is None:
            QuestionDialog.ask(self, title, text, tr("Remove it"), self._remove_now, danger=True)
            return
        edits = {"one": edit, "more": more[1]}
        choices = [Choice("one", Row(tr("Only this one"))), Choice("more", Row(more[0]))]
        ChoiceDialog.ask(
            self, title, text, choices, lambda chosen: self._remove_now(edits[chosen]), confirm=_remove_words
        )

    def _remove_now(self, edit: Edit | None = None) -> None:
        self._pending = edit or self._pending
        if self._pending is not None:
            self._forget(self._key)
            self._removing = True
            self._write(self._pending, anyway=False)

    def _edit(self) -> Edit:
        return self.subject.edit(self._desk.setup, self._saved(self._key), self.editor.value())

    def _write(self, edit: Edit, *, anyway: bool) -> None:
        self._pending = edit
        desk = self._desk
        saved = self._saved(self._key) if self._removing else None
        typed = self.editor.value()
        name = self.subject.name(typed if saved is None else saved)
        sent = (self._key, typed if saved is None else None, name)

        def work() -> tuple[Saved, Setup]:
            saved = change_set_up(desk.store, desk.actor, edit, anyway=anyway)
            with desk.store.read() as records:
                return saved, records.setup()

        if operations.run(self, work, self._written, self._refused, key="set-up") is None:
            self._removing = False
        else:
            self._sent = sent

    def _written(self, result: tuple[Saved, Setup]) -> None:
        saved, setup = result
        (key, value, name), pending, self._pending = self._sent, self._pending, None
        if pending is None:  # somebody else is at work here now
            self._removing = False
            self._desk.renew_setup(setup)
            self._desk.record(saved.changes)
            return
        here, typed = self._key == key, self.editor.value()
        stays = not self.subject.has_list and self.form.has_focus()  # a form alone: where one was in it
        after = self.subject.key_after(key, saved)
        count = len(pending.remove) if self._removing else 1
        self._forget(key)
        if here and value is not None and typed != value:
            stands = self.subject.value(setup, after)
            self._drafts[after] = self.subject.typed_on(value, typed, stands)
            self._bases[after] = stands
        if here:
            self._key = after
            self._stack.setCurrentWidget(self.form)
        self._desk.renew_setup(setup)
        self._desk.record(saved.changes)
        if here and after not in self._drafts and not (stays and self.form.has_focus()):
            self.take_focus()
        said = (tr("{name} is removed.") if self._removing else tr("{name} saved.")).format(name=name)
        if count > 1:
            said = tr("{name}: %n removed.", "", count).format(name=name)
        self._removing = False
        if stranded := len(saved.stranded):
            said += " " + tr("%n visit(s) on the repair list.", "", stranded)
        self.form.say(said)
        self._frame.say(said)

    def _refused(self, problem: ClinicProblem) -> None:
        self._removing = False
        if self._pending is None:  # somebody else is at work here now: it is not theirs to decide
            operations.show_problem(problem)
        elif isinstance(problem, WouldStrand):
            self.stranded.show_visits(problem.visits, self._desk.setup)
            self._stack.setCurrentWidget(self.stranded)
            self.stranded.setFocus()
        elif isinstance(problem, BadInput):
            self._back()
            self.editor.show_problems(fields_worded(problem.problems))
            self.form.say(problem_worded(problem), danger=True)
        elif isinstance(problem, StaleEdit):
            self._back()
            operations.run(self, self._read_again, partial(self._stale, self._key))
        else:
            self._back()
            operations.show_problem(problem)

    # Another desk was first.

    @property
    def _overtaken(self) -> bool:
        """What is typed in this row was typed on something that does not stand any more."""
        key = self._key
        return key in self._drafts and key in self._bases and self._bases[key] != self._saved(key)

    def _read_again(self) -> Setup:
        with self._desk.store.read() as records:
            return records.setup()

    def _stale(self, key: str, setup: Setup) -> None:
        self._desk.renew_setup(setup)
        if key == self._key and self._overtaken:
            self._bring_together()
            return
        text = tr("Changed at another desk meanwhile. Put back to see what stands now, then repeat it.")
        self.form.say(text, danger=True)

    def _bring_together(self) -> None:
        """What each side changed alone stands together; where there is more, somebody decides."""
        now = self._saved(self._key)
        if now is None:
            return
        base = self._bases[self._key]
        both = self.subject.joined(base, self.editor.value(), now)
        record = self.subject.record(base)
        if not both.clashes and not both.only_theirs:
            self._save_both(self._key, both, {})
        elif record is None:
            self._ask(self._key, base, both, Meanwhile(base, now, ()))
        else:
            read = partial(read_meanwhile, self._desk.store, record)
            operations.run(self, read, partial(self._ask, self._key, base, both))

    def _ask(self, key: str, base: V, both: Joined[V], told: Meanwhile[object]) -> None:
        if self._bases.get(key) is not base:
            return  # put back meanwhile, or somebody else is at work here now
        if not both.clashes and told.traces and by_this_desk(told, self._desk):
            self._save_both(key, both, {})  # another part of the set-up, at this desk: no news
            return

        def words(name: str, value: V) -> str:
            return said_value(name, attrgetter(name)(value), self._desk.setup)

        mine, title_of = both.typed_stays, self.editor.title_of
        joined = [
            (side, change_said(title_of(name), words(name, base), words(name, mine)))
            for side, names in ((Side.THEIRS, both.only_theirs), (Side.MINE, tuple(both.only_mine)))
            for name in names
        ]
        opened = [
            Open(
                one.name,
                title_of(one.name),
                words(one.name, base),
                words(one.name, both.now),
                words(one.name, mine),
            )
            for one in both.clashes
        ]
        title, before = told_title(told, self._desk, SET_UP), told_too(told, self._desk)
        BothChangedDialog.ask(self, title, before, joined, opened, partial(self._save_both, key, both))

    def _save_both(self, key: str, both: Joined[V], choices: Mapping[str, Side]) -> None:
        if key != self._key:
            return
        value = both.decided(choices)
        self._forget(key)
        if value != both.now:
            self._drafts[key], self._bases[key] = value, both.now
        # Theirs is what stands now: they may have changed it once more while somebody was asked.
        self.editor.load(self._drafts.get(key) or self._saved(key) or value)
        self.show_rows()
        self._show_state()
        self.save()

    def _back(self) -> None:
        if self._stack.currentWidget() is self.stranded:
            self._stack.setCurrentWidget(self.form)
            self._enter_form()

    def escape(self) -> bool:
        """One step out: from the visits to the form, from the form to the list."""
        if self._stack.currentWidget() is self.stranded:
            self._back()
            return True
        if self.subject.has_list and self.form.has_focus():
            self.list.setFocus()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        else:
            super().keyPressEvent(event)


def _remove_words(chosen: Choice) -> str:
    return tr("Remove it") if chosen.id == "one" else tr("Remove them")
