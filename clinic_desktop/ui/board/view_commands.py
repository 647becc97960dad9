"""What the commands do to the way the board is looked at."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from clinic_desktop.ui.board import commands
from clinic_desktop.ui.board.board import Board
from clinic_desktop.ui.board.save_view import SaveViewDialog
from clinic_desktop.ui.board.saved_views import SLOTS, SavedView, SavedViews
from clinic_desktop.ui.board.view_words import kind_words
from clinic_desktop.ui.board.zoom import WHOLE
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.look import LARGER
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.settings_store import SettingsStore


class ViewCommands:
    """Zooming, and ways of looking that were saved. The list has nothing to zoom, and says so."""

    def __init__(self, frame: Frame, board: Board, settings: SettingsStore | None) -> None:
        self._frame, self._board = frame, board
        self.saved = SavedViews(settings)

    def bound(self) -> Sequence[Bound]:
        by_time, otherwise = self._is_by_time, self._say_list
        return (
            Bound(commands.ZOOM_IN, partial(self._zoom, 1), by_time, otherwise=otherwise),
            Bound(commands.ZOOM_OUT, partial(self._zoom, -1), by_time, otherwise=otherwise),
            Bound(commands.WHOLE_DAY, self._whole, by_time, otherwise=otherwise),
            Bound(commands.SAVE_VIEW, self._ask_name),
            *(self._recalled_by(slot) for slot in SLOTS),
        )

    def _recalled_by(self, slot: int) -> Bound:
        there, empty = partial(self._holds, slot), partial(self._say_empty, slot)
        view = self.saved.all.get(slot)
        command = commands.SAVED_VIEWS[slot]
        named = replace(command, text=view.name) if view else command
        return Bound(named, partial(self._recall, slot), there, otherwise=empty, offered=there)

    def _holds(self, slot: int) -> bool:
        return slot in self.saved.all

    def _say_empty(self, slot: int) -> None:
        words = tr("Nothing is saved on {key} yet; {save} saves what is shown")
        command = commands.SAVED_VIEWS[slot]
        self._frame.say(words.format(key=command.key, save=commands.SAVE_VIEW.key))

    def _present(self) -> SavedView:
        board = self._board
        kind = board.turner.shown.kind
        return SavedView(kind_words(kind), kind, board.presenter.ended, board.zoom.level)

    def _ask_name(self) -> None:
        present, slot = self._present(), self.saved.free_slot()
        SaveViewDialog(self._board.page, present, self.saved.all, slot, self._save, self._forget).open()

    def _save(self, slot: int, name: str) -> None:
        self.saved.save(slot, replace(self._present(), name=name))
        command = commands.SAVED_VIEWS[slot]
        self._frame.commands.rename(command.id, name)
        self._frame.say(tr("{name} is saved on {key}").format(name=name, key=command.key))

    def _forget(self, slot: int) -> None:
        name = self.saved.all[slot].name
        self.saved.forget(slot)
        self._frame.commands.rename(commands.SAVED_VIEWS[slot].id, commands.SAVED_VIEWS[slot].text)
        self._frame.say(tr("{name} is removed").format(name=name))

    def _recall(self, slot: int) -> None:
        """The day, the selection and what is in the hand stay."""
        view, board = self.saved.all[slot], self._board
        board.presenter.ended = view.ended
        board.zoom.to(view.zoom)
        board.look(view.kind)
        board.page.focus_work()
        self._frame.say(view.name)

    def _is_by_time(self) -> bool:
        return not self._board.page.lists

    def _say_list(self) -> None:
        self._frame.say(tr("The list is not zoomed; {key} makes its text larger").format(key=LARGER.key))

    def _zoom(self, direction: int) -> None:
        if self._board.zoom.step(direction):
            self._say_level()
        else:
            self._frame.say(tr("An hour gets no taller") if direction > 0 else tr("An hour gets no lower"))

    def _whole(self) -> None:
        self._board.zoom.to(WHOLE)
        self._say_level()

    def _say_level(self) -> None:
        self._frame.say(tr("Zoom {level} %").format(level=self._board.zoom.level))
