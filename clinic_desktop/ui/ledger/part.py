"""What one of the ledger's lists is to the place: the forms, the drugs, and whatever comes beside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.places import Frame


class LedgerPart:
    """Made with the place; only the one that is shown is active."""

    def widget(self) -> QWidget:
        """The list with what stands above it."""
        raise NotImplementedError

    def panes(self) -> Sequence[QWidget]:
        """What F6 visits in it."""
        return (self.widget(),)

    def commands(self) -> Sequence[Bound]:
        """What can be done in it. Two parts may bind the same command: the one that is shown does it."""
        return ()

    def activated(self) -> None:
        """It is shown now."""

    def deactivated(self) -> None:
        """Another part or place is shown now."""

    def focus_work(self) -> None:
        self.widget().setFocus()

    def escape(self) -> bool:
        """One step out inside it; False when it is at its outermost already."""
        return False

    def chosen_patient(self) -> int | None:
        return None


@dataclass(frozen=True, slots=True)
class PartSpec:
    """text is marked with QT_TR_NOOP; key such as "Ctrl+1". Its id is the deed of that key."""

    id: str
    text: str
    key: str
    icon: str
    factory: Callable[[Frame, Desk], LedgerPart]
