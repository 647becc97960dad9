"""What is told before a dose of the course that it goes on with: nothing of it forbids the dose."""

from collections.abc import Iterator

from clinic_desktop.foundation.rulebook import Finding, Word
from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.instruments import named
from clinic_desktop.scheduling.course_rules import LAPSE
from clinic_desktop.scheduling.lapse import LAPSE_DAYS
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.course_rules import DOSE_REVIEW, DOSE_SCORE, ITEM_NINE_OPEN


def going_on(care: Care) -> Iterator[Finding]:
    """Thoughts of self-harm, a score that is missing, a long pause, and a review that a prescriber owes."""
    course = care.course
    yield from self_harm(care)
    if missing := course.missing(care.type):
        yield care.says(DOSE_SCORE, names=named(missing))
    if course.lapse is not None:
        last = short_date(course.lapse.last)
        yield care.says(LAPSE, days=course.lapse.days, last=last, most=LAPSE_DAYS)
    if course.review is not None:
        since = short_date(course.review.since)
        yield care.says(DOSE_REVIEW, after=Word(course.review.after), since=since)


def self_harm(care: Care) -> list[Finding]:
    """Before the dose as before the release: until a prescriber has answered it, nobody overlooks it."""
    score = care.course.item_nine
    if score is None or not score.told:
        return []
    answer = score.of.answers[score.told].lower()
    return [care.says(ITEM_NINE_OPEN, answer=answer, day=short_date(score.on))]
