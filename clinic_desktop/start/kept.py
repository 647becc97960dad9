"""Going on with what this computer kept, where the clinic does not open."""

import logging
from functools import partial
from pathlib import Path

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.security import unlocking
from clinic_desktop.security.away import AwayDoor
from clinic_desktop.security.vault import Known as KnownHere
from clinic_desktop.start.kept_here import kept_key, kept_papers
from clinic_desktop.start.ways import Ways
from clinic_desktop.storage.engine import is_address
from clinic_desktop.ui import operations
from clinic_desktop.ui.fail_safe.folder import clinic_folder
from clinic_desktop.ui.fail_safe.place import paper_key
from clinic_desktop.ui.first_run.kept_page import KeptPaper
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.printers import Printed, print_pages
from clinic_desktop.ui.wording import problem_worded

_log = logging.getLogger(__name__)


class KeptWays(Ways):
    """Going on with what this computer kept, where the clinic does not open."""

    def _go_on_kept(self) -> None:
        """By the password on a server's clinic; a file by its key, which this computer may have."""
        folder, where = self._kept_folder(), self._where
        if is_address(where):
            operations.run(self, AwayDoor(folder).people, self._ask_for_kept, self._kept_refused)
            return

        def key() -> bytes:
            found = unlocking.found_here(Path(where), self.key_file)
            if found is None:
                raise EnvironmentFailure("")
            return paper_key(found)

        operations.run(self, partial(kept_papers, folder, key), self._show_kept, self._ask_for_kept)

    def _ask_for_kept(self, people: list[KnownHere] | ClinicProblem) -> None:
        if self._start is not None:
            self._start.ask_for_kept([] if isinstance(people, ClinicProblem) else people)

    def _open_kept(self, staff_id: int, typed: str) -> None:
        folder = self._kept_folder()
        if self._start is not None:
            self._start.kept.show_trying()
        work = partial(kept_papers, folder, partial(kept_key, self._where, folder, staff_id, typed))
        operations.run(self, work, self._show_kept, self._kept_refused, key="unlock")

    def _show_kept(self, pages: list[KeptPaper]) -> None:
        if self._start is not None:
            self._start.show_kept(pages)

    def _kept_refused(self, problem: ClinicProblem) -> None:
        if self._start is not None:
            self._start.kept.show_problem(problem)

    def _print_kept(self, data: bytes, name: str) -> None:
        title = tr("Paper for a day without the program")
        work, pool = partial(print_pages, data, title, name), operations.AT_PRINTERS
        operations.run(self, work, self._printed_kept, self._not_printed_kept, pool=pool)

    def _printed_kept(self, printed: Printed) -> None:
        if self._start is not None:
            self._start.kept.say(printed.words)

    def _not_printed_kept(self, problem: ClinicProblem) -> None:
        if self._start is not None:
            self._start.kept.say(problem_worded(problem))

    def _kept_folder(self) -> Path:
        return settings.home() / "kept" / clinic_folder(self._where)
