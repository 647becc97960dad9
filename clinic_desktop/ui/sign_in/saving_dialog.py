"""A dialog about somebody's account that saves: whoever leaves it meanwhile is told what became of that."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.operations import Operation, run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.wording import problem_worded

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class IfLeft:
    """What is said to whoever left: with the name, for by then somebody else may sit there."""

    saved: str
    not_saved: str


class SavingDialog(Dialog):
    """Its answers come also when it is gone: what hears them touches nothing of it that Qt has."""

    _is_over = False

    def done(self, result: int) -> None:
        self._is_over = True
        super().done(result)

    def save(
        self,
        work: Callable[[], T],
        saved: Callable[[T], object],
        refused: Callable[[ClinicProblem], object],
        if_left: IfLeft,
        *,
        key: str,
    ) -> Operation[T] | None:
        """``saved``: what follows in any case. While it stands there it closes, and ``say_saved``; or
        ``refused`` says why not."""
        parent = self.parentWidget() or self

        def came(answer: T) -> None:
            stands = self._stands
            if stands:
                self.accept()
            saved(answer)
            if stands:
                self.say_saved()
            else:
                _tell(parent, if_left.saved)

        def came_not(problem: ClinicProblem) -> None:
            if self._stands:
                refused(problem)
            else:
                _tell(parent, if_left.not_saved, problem_worded(problem), Tone.WARN)

        return run(parent, work, came, came_not, key=key)

    def say_saved(self) -> None:
        """To whoever stayed."""

    @property
    def _stands(self) -> bool:
        """Whether nobody left it; the lock may hide it."""
        return isValid(self) and not self._is_over


def _tell(parent: QWidget, title: str, text: str = "", tone: Tone = Tone.INFO) -> None:
    window = parent.window()
    if isinstance(window, Shell):
        window.notice(title, text, tone)
