"""What the card says of a visit whose end is in the hand: what gets longer, and how far it could go."""

from collections import Counter
from dataclasses import replace

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.availability import Options
from clinic_desktop.scheduling.claims import phases_of
from clinic_desktop.scheduling.model import PhaseKind, Visit
from clinic_desktop.scheduling.reasons import why_not
from clinic_desktop.scheduling.rules import not_begun
from clinic_desktop.scheduling.stretching import NO_STRETCH, STEP, longer_by, most_longer, stretched
from clinic_desktop.ui.board.day_axis import axis_of
from clinic_desktop.ui.board.day_ground import DayGround
from clinic_desktop.ui.board.detail import PHASES
from clinic_desktop.ui.board.forecast import Mark, Said
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.wording import worded


def refusal(ground: DayGround, visit: Visit) -> str:
    """Why the visit stays as long as it is; empty when nothing forbids another length."""
    kind = ground.type_of(visit)
    if refused := not_begun(visit, "made longer or shorter"):
        return worded(refused)
    return "" if most_longer(kind) else worded(Finding(NO_STRETCH, {"type": kind.name}))


def phase_lines(ground: DayGround, wanted: Visit) -> list[Said]:
    """ "Recovery 45 min, 15 longer (up to 60)": a line for each kind of phase that is longer."""
    words = tr("{phase} {minutes} min, {more} longer (up to {most})")
    minutes: Counter[PhaseKind] = Counter()
    more: Counter[PhaseKind] = Counter()
    most: Counter[PhaseKind] = Counter()
    for _, phase, span in phases_of(wanted, ground.type_of(wanted)):
        minutes[phase.kind] += span.length
        more[phase.kind] += span.length - phase.minutes
        most[phase.kind] += phase.may_stretch or phase.minutes
    return [
        Said(
            Mark.OK,
            words.format(phase=tr(PHASES[one]), minutes=minutes[one], more=more[one], most=most[one]),
        )
        for one in minutes
        if more[one]
    ]


def nearest_end(ground: DayGround, visit: Visit, wanted: Visit, start: int, options: Options) -> int | None:
    """The minute of the day of the latest end before the one in hand at which the visit fits; None where it
    fits at no greater length than it has."""
    kind = ground.type_of(visit)
    shorter = range(longer_by(wanted, kind) - STEP, longer_by(visit, kind), -STEP)
    for longer in shorter:
        tried = stretched(visit, kind, longer)
        asked = replace(options, minutes=tried.phase_minutes)
        if not why_not(ground.free, kind, start, asked):
            return axis_of(visit.day, visit.zone).minute(start + ground.free.need(kind, asked).stay)
    return None
