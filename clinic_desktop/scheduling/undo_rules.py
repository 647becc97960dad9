"""Why a step of the plan cannot be undone: what somebody did since stays."""

from clinic_desktop.foundation.rulebook import Rule, Severity

LOCKED = Severity.LOCKED

CHANGED_SINCE = Rule(
    "undo-changed-since",
    "decision: several desks",
    LOCKED,
    "{who} changed the visit of {patient} at {when}. Nothing was undone. Look at it, then change what you "
    "want by hand.",
)
COURSE_CHANGED_SINCE = Rule(
    "undo-course-changed",
    "decision: several desks",
    LOCKED,
    "{who} changed the course of {patient} at {when}. Nothing was undone. Look at it, then change what you "
    "want by hand.",
)
EVENT_CHANGED_SINCE = Rule(
    "undo-event-changed",
    "R-16",
    LOCKED,
    "The absence or the closure was changed or taken away in the set-up since. Nothing was undone. Change "
    "what you want by hand.",
)
CAME_SINCE = Rule(
    "undo-came-since",
    "decision: plan and fact",
    LOCKED,
    "{who} recorded something of {patient} at {when}. Nothing was undone: what happened is corrected on the "
    "floor.",
)
TAKEN_SINCE = Rule(
    "undo-taken-since",
    "H8",
    LOCKED,
    "{places} is taken now: {who}. Nothing was undone. Move the visit by hand to where there is room.",
)
