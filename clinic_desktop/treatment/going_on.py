"""What is told before a dose of the course that it goes on with: nothing of it forbids the dose."""

from collections.abc import Iterator

from clinic_desktop.foundation.rulebook import Finding, Word
from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.instruments import named
from clinic_desktop.scheduling.course_rules import LAPSE
from clinic_desktop.scheduling.lapse import LAPSE_DAYS
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.course_rules import DOSE_REVIEW, DOSE_SCORE


def going_on(care: Care) -> Iterator[Finding]:
    """A score that is missing, a long pause, and a review that a prescriber owes."""
    course = care.course
    if missing := course.missing(care.type):
        yield care.says(DOSE_SCORE, names=named(missing))
    if course.lapse is not None:
        last = short_date(course.lapse.last)
        yield care.says(LAPSE, days=course.lapse.days, last=last, most=LAPSE_DAYS)
    if course.review is not None:
        since = short_date(course.review.since)
        yield care.says(DOSE_REVIEW, after=Word(course.review.after), since=since)
