"""What became of a kept entry, in words."""

from clinic_desktop.treatment.kept_entries import Another, Outcome, Returned
from clinic_desktop.ui.floor.entries import BY_KIND
from clinic_desktop.ui.floor.words import at_clock
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.wording import all_worded

_OUTCOMES = {
    Outcome.SAVED: QT_TR_NOOP("Saved"),
    Outcome.MARKED: QT_TR_NOOP("Saved and marked for the prescriber"),
    Outcome.THERE: QT_TR_NOOP("Was saved already"),
    Outcome.NOT_SAVED: QT_TR_NOOP("NOT saved: record it by hand"),
}


def outcome_words(one: Returned) -> str:
    """By hand nothing is recorded that somebody else may have recorded."""
    if by_another(one) and one.outcome is Outcome.NOT_SAVED:
        return tr("NOT saved")
    return tr(_OUTCOMES[one.outcome])


def by_another(one: Returned) -> bool:
    """Whether somebody else recorded what may be the same."""
    return one.another is not None or one.entry.another


def by_hand(one: Returned) -> bool:
    """Whether it is to be recorded by hand."""
    return one.outcome is Outcome.NOT_SAVED and not by_another(one)


def why_words(one: Returned) -> str:
    """Why it is as it is. What to do about an entry that was not saved says nothing where somebody else
    recorded the same: it would be done twice."""
    if one.another is None:
        return all_worded(one.why) or one.entry.not_saved or ""
    same = another_words(one.another)
    if one.outcome is Outcome.NOT_SAVED:
        return f"{same} {tr('If it is not, record it on the floor with its time.')}"
    return f"{same} {all_worded(one.why)}".strip()


def another_words(other: Another) -> str:
    """ "Maya Jones recorded In the room at 1:25 PM: look whether it is the same." """
    return tr("{person} recorded {what} at {time}: look whether it is the same.").format(
        person=other.person or tr("Somebody else"),
        what=tr(BY_KIND[other.kind].label),
        time=at_clock(other.at, other.zone),
    )
