"""What can be wrong with a text: where it is, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from clinic_desktop.foundation.errors import ClinicProblem


class Flaw(StrEnum):
    """A code, with the remedy that the screen shows (and may translate)."""

    NO_FRONT = "no front matter"
    UNKNOWN_KEY = "unknown key"
    MISSING_KEY = "missing key"
    BAD_VALUE = "bad value"
    UNKNOWN_FIELD = "unknown field"
    FIELD_NOT_HERE = "field not here"
    FIELD_ALONE = "field needs a line"
    FIELD_SKIP = "field cannot be skipped"
    FIELD_WORDS = "field words"
    UNCLOSED_FIELD = "unclosed field"
    UNCLOSED_BOLD = "unclosed bold"
    UNCLOSED_BOX = "unclosed box"
    STRAY_CLOSE = "stray close"
    UNKNOWN_BOX = "unknown box"
    BOX_IN_BOX = "box in box"
    UNKNOWN_STATEMENT = "unknown statement"
    MISSING_STATEMENT = "missing statement"
    MISSING_FIELD = "missing field"
    MISSING_WORD = "missing word"
    PRIVATE_WORD = "private word"
    UNKNOWN_SOURCE = "unknown source"
    OUT_OF_ORDER = "out of order"
    PLAIN_ONLY = "plain words only"
    TABLE_SHAPE = "table shape"
    PANEL_SHAPE = "panel shape"
    EMPTY_LINE = "nothing after the mark"


REMEDIES: dict[Flaw, str] = {
    Flaw.NO_FRONT: "Begin the file with ---, then kind, language, version, title and status, then --- again.",
    Flaw.UNKNOWN_KEY: "Remove the line “{name}”. Known are: {known}.",
    Flaw.MISSING_KEY: "Add a line “{name}: ...” to the front matter.",
    Flaw.BAD_VALUE: "Write {expected} after “{name}:”, not “{value}”.",
    Flaw.UNKNOWN_FIELD: "There is no field “{name}”. {hint}",
    Flaw.FIELD_NOT_HERE: "The field “{name}” is not known for this kind of sheet. Take it out.",
    Flaw.FIELD_ALONE: "Put “{name}” on a line of its own.",
    Flaw.FIELD_SKIP: "“{name}” is always needed: write “or line” in place of “or skip”, or nothing.",
    Flaw.FIELD_WORDS: "Write only the name, “or line” or “or skip” between the braces, not “{value}”.",
    Flaw.UNCLOSED_FIELD: "Close the field with }} or take {{ out.",
    Flaw.UNCLOSED_BOLD: "Bold begins with ** and ends with **. One of them is missing.",
    Flaw.UNCLOSED_BOX: "Close the box “{name}” with ::: on a line of its own.",
    Flaw.STRAY_CLOSE: "No box is open here. Take ::: out.",
    Flaw.UNKNOWN_BOX: "There is no box “{name}”. Known are: danger, notice, panel.",
    Flaw.BOX_IN_BOX: "Close the box “{name}” before the next one opens.",
    Flaw.PRIVATE_WORD: "The page for the escort does not say what was given, or why. Take “{name}” out.",
    Flaw.UNKNOWN_SOURCE: "There is no source “{name}”. Known are those of docs/sheet-sources.md; "
    "for your own write: clinic choice.",
    Flaw.OUT_OF_ORDER: "Say statement {name}, {statement}, before statement {other}, {late}: "
    "what not to do until when comes first.",
    Flaw.UNKNOWN_STATEMENT: "There is no statement {name}. They are 1 to 18, before a visit 21 to 31.",
    Flaw.MISSING_STATEMENT: "Say statement {name}, {statement}: add a line that begins with [{name}].",
    Flaw.MISSING_FIELD: "This sheet has to show the {label}. Add the field “{name}”.",
    Flaw.MISSING_WORD: "This sheet has to name {name}. Add it where the text says when to get help.",
    Flaw.PLAIN_ONLY: "Only plain words can stand beside a line to fill in. Take the ** or {{ }} out.",
    Flaw.TABLE_SHAPE: "A table has a row of headings, a row of dashes, then empty rows, all equally wide.",
    Flaw.PANEL_SHAPE: "A panel holds rows: each begins with a ### heading, then remarks, then - signs.",
    Flaw.EMPTY_LINE: "Write something after “{name}”, or take the line out.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One flaw of one file. ``line`` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    flaw: Flaw
    params: dict[str, str] = field(default_factory=dict)

    @property
    def remedy(self) -> str:
        """What to do, in English."""
        sentence = REMEDIES[self.flaw]
        return sentence.format(**self.params) if self.params else sentence

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: {self.remedy}"


class TextRefused(ClinicProblem):
    """A text cannot be used as it stands. ``problems`` in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
