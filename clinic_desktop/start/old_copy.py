"""The old copy of a clinic that was moved away: on to where it is now, or the copy used again on purpose."""

from functools import partial

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.server_place import Owner
from clinic_desktop.start import server_desk
from clinic_desktop.start.opening import OldCopy
from clinic_desktop.start.server import ServerWays
from clinic_desktop.storage.engine import is_address
from clinic_desktop.ui import operations
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.several_pcs.owner_dialog import OwnerDialog


class OldCopyWays(ServerWays):
    """The old copy of a clinic that was moved away: on to where it is now, or the copy used again."""

    def _go_there(self) -> None:
        """To where the clinic is now: a file is opened, a server asks for the name of this PC."""
        if self._old is None:
            return
        here, there = self._old.here, self._old.there
        if not is_address(there):
            self._where = there
            work = partial(server_desk.finished, here, there, self.key_file)
            operations.run(self, work, self._open_here, self._not_opened)
        elif self._start is not None:
            self._start.open_server(server_desk.desks_place(there))

    def _ask_take_back(self) -> None:
        """What it means, once more; on a server its owner has to say so."""
        if self._old is None or self._start is None:
            return
        said = tr(
            "The clinic is at {there} now. What was recorded there since it was moved is not in this copy. "
            "If anybody goes on there, there are two clinics, and nothing brings them together again: close "
            "the program on every other desk first. That the copy is used again is put on record in it."
        ).format(there=self._old.there)
        title, verb = tr("Use the old copy again?"), tr("Use the old copy")
        if is_address(self._old.here):
            OwnerDialog(self._start, title, said, verb, self._take_back).open()
        else:
            QuestionDialog.ask(self._start, title, said, verb, self._take_back, danger=True)

    def _take_back(self, owner: Owner | None = None) -> None:
        if self._old is None:
            return
        if self._start is not None:
            self._start.show_progress(tr("Checking the old copy"))
        work = partial(server_desk.take_back, self._old.here, owner)
        operations.run(self, work, self._taken_back, self._not_opened)

    def _taken_back(self, found: tuple[str, ...]) -> None:
        if self._old is None:
            return
        here, there, self._old = self._old.here, self._old.there, None
        checked = (
            tr("The check found: {codes}.").format(codes=", ".join(found))
            if found
            else tr("The check found nothing wrong.")
        )
        said = tr("What was recorded at {there} is not in it. {checked}").format(there=there, checked=checked)
        self._say_once_open = (tr("The old copy is in use again"), said, Tone.DANGER)
        self._open_here(here)

    def _tell_old_copy(self, problem: ClinicProblem) -> str:
        """Where the clinic is, of a refusal that says it was moved; empty for any other."""
        self._old = problem if isinstance(problem, OldCopy) else None
        return self._old.there if self._old is not None else ""
