"""On which printer this computer prints, how many copies, and on how many sides: chosen once, kept for it."""

from dataclasses import dataclass

from clinic_desktop.ui.settings_store import BOTH_SIDES, COPIES, PRINTER, SettingsStore

MOST_COPIES = 9


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """printer: empty for whichever the system prints on. both_sides: where the printer can."""

    printer: str = ""
    copies: int = 1
    both_sides: bool = False


class _Kept:
    """What holds in this program; workers read it, so it is no setting read anew each time."""

    def __init__(self) -> None:
        self.choice = PrinterChoice()
        self.store: SettingsStore | None = None


_kept = _Kept()


def keep_in(store: SettingsStore | None) -> None:
    """Where this computer remembers it; what was chosen there before holds from now on."""
    _kept.store = store
    _kept.choice = _read(store) if store is not None else PrinterChoice()


def chosen() -> PrinterChoice:
    """What whoever prints asks; from any thread."""
    return _kept.choice


def choose(choice: PrinterChoice) -> None:
    """From now on, and after the next start. On the GUI thread."""
    _kept.choice = choice
    if _kept.store is not None:
        _kept.store.set(PRINTER, choice.printer)
        _kept.store.set(COPIES, choice.copies)
        _kept.store.set(BOTH_SIDES, choice.both_sides)
        _kept.store.flush()


def _read(store: SettingsStore) -> PrinterChoice:
    copies = store.get(COPIES)
    return PrinterChoice(
        store.get(PRINTER), copies if 1 <= copies <= MOST_COPIES else 1, store.get(BOTH_SIDES)
    )
