"""The window: rail, top bar, banners, the place with its side panel, status bar. It knows no place itself."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QByteArray, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QMenu, QVBoxLayout, QWidget

from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure, ServerAway
from clinic_desktop.ui import operations, shell_commands
from clinic_desktop.ui.all_keys import AllKeys
from clinic_desktop.ui.announce import sentences
from clinic_desktop.ui.banner import Banner, BannerArea
from clinic_desktop.ui.chords import ChordsPassBy
from clinic_desktop.ui.commands import Bound, Command, Commands
from clinic_desktop.ui.dialogs import APP_NAME
from clinic_desktop.ui.failure_window import FailureDesk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.kept_focus import KeptFocus
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.look import Look
from clinic_desktop.ui.notices import NoticeStack
from clinic_desktop.ui.on_screen import restore_place
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.pane_walk import PaneWalk, usable
from clinic_desktop.ui.places import Holding, NoticeAction, Place, PlaceSpec, Pressing
from clinic_desktop.ui.rail import Rail
from clinic_desktop.ui.settings_store import GEOMETRY, MAXIMIZED, SettingsStore
from clinic_desktop.ui.side_pane import Body
from clinic_desktop.ui.statusbar import KeyHint, StatusBar
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.topbar import TopBar
from clinic_desktop.ui.undo_keys import UndoKeys
from clinic_desktop.ui.undoing import Undoer
from clinic_desktop.ui.wording import problem_worded

LOW = 480  # below this height: what lasts takes one line, so that the work has room
NARROW = 900  # below this width: icons only in the rail, initials instead of the name
_LEAST = (640, 360)
_USUAL = (1366, 730)


class Shell(QMainWindow):
    """The main window, which is the ``Frame`` of its places. ``open_place`` shows the first. ``went`` once
    another place is shown. ``lock_changed`` once everything in it was hidden, or is seen again."""

    went = Signal()
    lock_changed = Signal()

    def __init__(self, specs: Sequence[PlaceSpec], settings: SettingsStore | None = None) -> None:
        super().__init__()
        self.commands = Commands(self)
        self._chords = ChordsPassBy(self)
        self._specs = {spec.id: spec for spec in specs}
        self._places: dict[str, Place] = {}
        self._current = ""
        self.is_locked = False
        self._settings = settings
        self.look = Look(settings)
        self._searched_from: QWidget | None = None
        self.rail = Rail([spec for spec in specs if not spec.under])
        self.top_bar = TopBar()
        self.banners = BannerArea()
        self.body = Body()
        self._walk = PaneWalk(self.body.covers)
        self.status_bar = StatusBar()
        self._undo = UndoKeys(self.status_bar, self.say)
        self._lay_out()
        self.notices = NoticeStack(self._centre, self.body.stack, self.body, self._below)
        self.body.covered_changed.connect(self._covered)
        self.notices.left.connect(self._back_to_work)
        self.banners.left.connect(self._back_to_work)
        outer = (self.notices, self.banners, self.top_bar, self.status_bar, self.rail)
        self._kept_focus = KeptFocus(self, outer, self._back_to_work)
        self.failures = FailureDesk(self)
        self.rail.chosen.connect(self.go)
        self.rail.mark.clicked.connect(self.open_menu)
        self.commands.add(self._everywhere())
        self.commands.impossible.connect(self._say_impossible)
        self.hear_failures()
        theme().changed.connect(self._fit)
        self.setWindowTitle(APP_NAME)
        self.setMinimumSize(*_LEAST)
        theme().dress(self)
        self._restore()

    def hear_failures(self) -> None:
        """What went wrong behind any screen is said here."""
        operations.set_default_failure(self.show_problem)
        operations.set_default_busy(self.say_busy)
        operations.set_default_slow(self.status_bar.wait)

    def _lay_out(self) -> None:
        self._centre = QWidget()
        right = QVBoxLayout()
        right.setSpacing(0)
        self._below = QWidget()  # what a notice takes of a low window, where it would cover the work
        self._below.hide()
        rows = (self.top_bar, self.banners, self.body, self._below, self.status_bar)
        for widget in rows:
            right.addWidget(widget, int(widget is self.body))
        row = QHBoxLayout(self._centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self.setCentralWidget(self._centre)

    def _everywhere(self) -> list[Bound]:
        own = [
            Bound(shell_commands.SEARCH, self.search),
            Bound(shell_commands.ALL_KEYS, self.show_all_keys),
            Bound(shell_commands.MENU, self.open_menu),
            Bound(shell_commands.NEXT_PANE, partial(self.walk, 1)),
            Bound(shell_commands.PREVIOUS_PANE, partial(self.walk, -1)),
            Bound(shell_commands.SIDE_PANEL, self.body.toggle_inspector),
            *self._undo.bound(),
            *self.look.bound(),
            Bound(shell_commands.QUIT, self.close),
        ]
        places = shell_commands.place_commands(list(self._specs.values()))
        return own + [
            Bound(command, partial(self.go, place_id))
            for command, place_id in zip(places, self._specs, strict=True)
        ]

    # What places ask of the window.

    @property
    def current(self) -> str:
        """The id of the place that is shown; empty before the first."""
        return self._current

    def place(self, place_id: str) -> Place:
        """The place, made when it is first asked for."""
        if place_id not in self._places:
            made = self._specs[place_id].factory(self)
            self._places[place_id] = made
            self.body.stack.addWidget(made.widget())
            self.commands.add(made.commands())
        return self._places[place_id]

    def go(self, place_id: str) -> Place:
        place = self.place(place_id)
        if place_id == self._current:
            place.focus_work()
            return place
        if self._current:
            self._walk.remember(self.panes())
            self._places[self._current].deactivated()
        self._current = place_id
        self.rail.set_current(self._specs[place_id].under or place_id)
        self.body.stack.setCurrentWidget(place.widget())
        self.body.set_inspector(place.inspector(), place.inspector_width)
        self._searched_from = None
        self.top_bar.show_slot(place.top_bar_widget())
        self.commands.set_context(place_id)
        self.renew_keys()
        self._name_window()
        place.activated()
        place.focus_work()
        self._covered(self.body.covered)
        self.notices.show_place(place_id)
        self.went.emit()
        return place

    def _covered(self, width: int) -> None:
        if self._current:
            self._places[self._current].covered(width)

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        self._undo.said(undo)
        self.status_bar.say(text, can_undo=undo is not None)

    def notice(
        self, title: str, text: str = "", tone: Tone = Tone.INFO, action: NoticeAction | None = None
    ) -> Callable[[], object]:
        return partial(self.notices.take_away, self.notices.add(title, text, tone, action))

    def withdraw(self, action: NoticeAction) -> None:
        self.notices.done_otherwise(action.handler)

    def show_banner(self, banner: Banner) -> None:
        self.banners.show_banner(banner)

    def clear_banner(self, banner_id: str) -> None:
        self.banners.clear_banner(banner_id)

    def show_panel(self, widget: QWidget, width: int = 0) -> bool:
        there = self.body.panel
        held = there.holds() if isinstance(there, Holding) and there is not widget else ""
        if held and not isinstance(widget, Pressing):
            text = tr("Nothing was changed. Book it, or leave its panel with {key}, and do this again.")
            self._notice_once(
                tr("{what} is not booked yet").format(what=held), text.format(key=key_text("Escape"))
            )
            return False
        self._walk.remember(self.panes())
        self.body.show_panel(widget, width)
        return True

    def want_room(self, width: int) -> None:
        self.body.want_room(width)

    def close_panel(self) -> None:
        focused = QApplication.focusWidget()
        had_focus = focused is None or self.body.pane.isAncestorOf(focused)
        self.body.show_panel(None)
        if had_focus:
            self._back_to_work()

    def search(self, text: str = "") -> None:
        self._walk.remember(self.panes())
        focused = QApplication.focusWidget()
        inside = focused is not None and self.body.isAncestorOf(focused)
        self._searched_from = focused if inside else None
        self.top_bar.search.start(text)

    def leave_search(self) -> None:
        """Out of the search line: the focus to where it was, else to the work."""
        was, self._searched_from = self._searched_from, None
        if was is not None and usable(was):
            was.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._back_to_work()

    def locked(self, *, on: bool) -> None:
        """Everything in it was hidden, or is seen again."""
        self.is_locked = on
        self._name_window()
        if self._current:
            self.renew_keys()  # others answer while it is locked
        self.lock_changed.emit()

    def _name_window(self) -> None:
        """By its place, unless that is not to be seen."""
        if self.is_locked or not self._current:
            self.setWindowTitle(APP_NAME)
            return
        title = self._places[self._current].title or tr(self._specs[self._current].text)
        self.setWindowTitle(f"{title} - {APP_NAME}")

    def back_to_work(self) -> None:
        """The focus to the work of the place."""
        self._back_to_work()

    def _back_to_work(self) -> None:
        """To what had the focus last in the work of the place, else to where its work begins."""
        if not self._current:
            return
        place = self._places[self._current]
        was = self._walk.last_in(place.panes()[0]) if place.panes() else None
        if was is not None:
            was.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            place.focus_work()

    def set_badge(self, place_id: str, count: int, tone: Tone = Tone.NEUTRAL) -> None:
        self.rail.set_badge(place_id, count, tone)

    def set_age(self, text: str) -> None:
        self.status_bar.set_age(text)

    # What people do with the window.

    def take_back_with(self, steps: Undoer) -> None:
        """Who undoes the steps of the plan."""
        self._undo.follow(steps)

    def can_undo(self) -> bool:
        return self._undo.can_undo()

    def undo(self) -> None:
        """What was said last, where that has its own way back, else the last step of the plan."""
        self._undo.undo()

    def redo(self) -> None:
        """Do again what was undone last."""
        self._undo.redo()

    def walk(self, direction: int) -> None:
        """F6 and Shift F6."""
        self._walk.step(self.panes(), direction)

    def panes(self) -> list[QWidget]:
        """Work, side panel, notices, banners, top bar, status bar, rail: the order of F6."""
        work = list(self._places[self._current].panes()) if self._current else []
        outer = [self.notices, self.banners, self.top_bar, self.status_bar, self.rail]
        return [*work, self.body.pane, *outer]

    def show_all_keys(self) -> None:
        AllKeys.ask(self, self.commands.offered(), self.commands.run)

    def open_menu(self) -> None:
        """Everything that can be done here, from the mark in the rail."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.commands.fill_menu(menu, leave_out=shell_commands.MENU.id)
        menu.popup(self.rail.mark.mapToGlobal(QPoint(0, self.rail.mark.height() + 2)))

    def show_problem(self, problem: ClinicProblem) -> None:
        """A failure that no screen worded: said calmly, nothing is lost."""
        if isinstance(problem, ServerAway) and problem.reading:  # what was entered is not meant, and stands
            self._notice_once(tr("Not shown as it is now"), problem_worded(problem), Tone.WARN)
            return
        trouble = isinstance(problem, EnvironmentFailure)
        title = tr("That did not work") if trouble else tr("Not done")
        self._notice_once(title, problem_worded(problem), Tone.DANGER if trouble else Tone.WARN)

    def say_busy(self) -> None:
        """Something was entered while the entry before is still being saved: said once, until it goes."""
        text = tr("The entry before is still being saved. Do this again in a moment; what you typed stays.")
        self._notice_once(tr("Not taken yet"), text)

    def _say_impossible(self, command: Command) -> None:
        """No key is silent: what it would do cannot be done now, or to nothing that is chosen."""
        self._notice_once(tr(command.text), tr("There is nothing here now that this could be done to."))

    def _notice_once(self, title: str, text: str, tone: Tone = Tone.INFO) -> None:
        if sentences(title, text) not in (one.accessibleName() for one in self.notices.notices()):
            self.notices.add(title, text, tone, None)

    def renew_keys(self) -> None:
        self.status_bar.hints.set_hints(self._hints())

    def _hints(self) -> list[KeyHint]:
        names = self._places[self._current].names_key
        hinted = [one for one in self.commands.awake() if one.hint and one.keys and names(one.id)]
        return [KeyHint(key_text(command.keys[0]), tr(command.hint)) for command in hinted]

    def _step_out(self) -> bool:
        """Esc: a notice, then the place's own step, then a panel over the place, then what is only offered,
        then back to the work."""
        if not self._current:
            return False
        place = self._places[self._current]
        if self.top_bar.search.line.hasFocus():
            self.leave_search()
            return True
        if self.notices.drop_newest(offer=False) or place.escape():
            return True
        if self.body.panel is not None:
            self.close_panel()
            return True
        if self.notices.drop_newest(offer=True):
            return True
        self.body.hide_overlay()
        place.focus_work()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._step_out():
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """What there is room for, at this width and this size of the text."""
        narrow = self.width() < theme().px(NARROW)
        self.rail.set_narrow(narrow)
        self.top_bar.set_narrow(narrow)
        low = self.height() < theme().px(LOW)
        self.banners.set_low(low)
        self.notices.set_low(low)

    def _restore(self) -> None:
        self.resize(*_USUAL)
        restore_place(self, self._settings.get_bytes(GEOMETRY) if self._settings else QByteArray())
        if self._settings is not None and self._settings.get(MAXIMIZED):
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._settings is not None:
            self._settings.set_bytes(GEOMETRY, self.saveGeometry())
            self._settings.set(MAXIMIZED, self.isMaximized())
            self._settings.flush()
        if self._current:
            self._places[self._current].deactivated()  # no timer of it reads what is about to be closed
        operations.set_default_failure(None)
        operations.set_default_busy(None)
        operations.set_default_slow(None)
        super().closeEvent(event)
