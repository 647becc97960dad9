"""What the few fixed words around a text are, in whichever language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clinic_desktop.foundation.document import isolated


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a language with the space that follows them: between things told, behind a label, behind a
    sentence."""

    comma: str = ", "
    colon: str = ": "
    stop: str = ". "


def one_or_more(number: int) -> str:
    """The plural of English and of its neighbours."""
    return "one" if number == 1 else "other"


def never(number: int) -> str:  # noqa: ARG001 - one shape for all languages
    """Of a language whose words do not change with their number."""
    return "other"


def one_stop(text: str) -> str:
    return text.replace("..", ".")


@dataclass(frozen=True, slots=True)
class CourseWords:
    """Of a course card. days: business days, as ``hours``. waits: what a visit that is held waits for."""

    of: str
    card: str
    cut: str
    days: Mapping[str, str]
    waits: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """hours: by the name that ``plural`` gives a number, or as "other". rtl: read from right to left."""

    language_name: str
    patient: str
    born: str
    visit: str
    next_visit: str
    phone: str
    page: str
    draft: str
    interpreter: str
    wording: str
    approved: str
    printed: str
    printed_by_nobody: str  # a preview: nobody has printed it yet
    visit_number: str
    again: str
    again_by_nobody: str
    copy: str
    sheet_version: str
    hours: Mapping[str, str]
    who_drives: str  # before a line to fill in
    alone: Mapping[str, str]  # a way home without a person
    the_patient: str  # whose first name is not known
    appointment: str  # in a calendar: neither who, nor what for
    scan_visit: str  # under a square code
    scan_phone: str
    course: CourseWords
    moment: str = "{day}, {time}"
    marks: Marks = Marks()
    plural: Callable[[int], str] = one_or_more
    rtl: bool = False

    def sentence(self, pattern: str, **facts: str) -> str:
        """A phrase with its facts. Behind one that ends with its own stop, as "p. m.", there is no other.
        Read from the right, no fact reorders another: a Latin name would draw the day to itself."""
        if self.rtl:
            facts = {name: isolated(fact) for name, fact in facts.items()}
        return one_stop(pattern.format(**facts))

    def number_of_hours(self, number: int) -> str:
        """ "24 hours"."""
        pattern = self.hours.get(self.plural(number)) or self.hours["other"]
        return pattern.format(hours=number)

    def number_of_days(self, number: int) -> str:
        """ "2 business days"."""
        pattern = self.course.days.get(self.plural(number)) or self.course.days["other"]
        return pattern.format(days=number)
