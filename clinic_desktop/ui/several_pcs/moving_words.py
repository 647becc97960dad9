"""How far the move of a clinic is, in words."""

from dataclasses import dataclass

from clinic_desktop.foundation.moving_steps import Far, Step
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

_BEGIN = QT_TR_NOOP("Waiting for the desks that write")
_COPY = QT_TR_NOOP("Copying every row")
_COMPARE = QT_TR_NOOP("Comparing every row with its copy")
_CHECK = QT_TR_NOOP("Checking the copy as a clinic")
_END = QT_TR_NOOP("Opening the copy")
_DOING = {
    Step.BEGUN: _BEGIN,
    Step.LOCKED: _COPY,
    Step.COPIED: _COMPARE,
    Step.PROVED: _CHECK,
    Step.ARRIVED: _CHECK,
}
# From where to where of the whole way, as it takes on a usual clinic.
_SHARES = {Step.BEGUN: (0.0, 0.0), Step.LOCKED: (0.0, 0.5), Step.COPIED: (0.5, 0.85)}


@dataclass(frozen=True, slots=True)
class Doing:
    """what: the step in words. how_far: the table and the rows, empty where none are counted. share: of the
    whole way, from 0 to 1."""

    what: str
    how_far: str
    share: float


def doing(far: Far) -> Doing:
    """What is being done now, after ``far.step``."""
    begin, end = _SHARES.get(far.step, (0.85, 0.85) if far.step in _DOING else (0.97, 0.97))
    done = far.rows / far.of if far.of else 0.0
    how_far = ""
    if far.table:
        how_far = tr("Table {n} of {all} ({name}): {rows:,} of {of:,} rows").format(
            n=far.number, all=far.tables, name=far.table, rows=far.rows, of=far.of
        )
    what = _DOING.get(far.step, _END)
    return Doing(tr(what), how_far, begin + (end - begin) * done)


def open_elsewhere_words(names: tuple[str, ...]) -> tuple[str, str]:
    """What is asked before a move where others have the clinic open: the desks at a server by their names; of
    a file an empty name."""
    said = [one for one in names if one]
    title = (
        tr("The clinic is still open at: {names}").format(names=", ".join(said))
        if said
        else tr("The clinic is still open in another window or program of this PC")
    )
    text = tr(
        "Close it there first, then move it. While it moves nothing is saved there, and whoever tries is "
        "told so. Afterwards what is shown there is the old copy, in which nothing can be saved: what was "
        "typed and not saved by then has to be typed again where the clinic is."
    )
    return title, text
