"""Questionnaires that follow a course: what they ask, how they are scored, and where that stands.

The words of the items are the instruments' own and are never translated here: a translation is another form.
PHQ-9 and GAD-7 may be used, copied and shown without permission (phqscreeners.com).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Band:
    """From this total on it is called so, until the next band begins."""

    least: int
    words: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """``code`` is kept in records. ``most`` is the highest answer to one item; the total is the sum of all.
    ``told``: the item (from 1) of which any answer but the lowest is told to a prescriber at once."""

    code: str
    name: str
    asks: str
    items: tuple[str, ...]
    answers: tuple[str, ...]
    most: int
    bands: tuple[Band, ...]
    source: str
    told: int | None = None

    @property
    def most_total(self) -> int:
        return self.most * len(self.items)

    def band(self, total: int) -> str:
        """ "moderate"."""
        return next(one.words for one in reversed(self.bands) if total >= one.least)

    def said(self, total: int) -> str:
        """ "PHQ-9 14, moderate"."""
        return f"{self.name} {total}, {self.band(total)}"


_TWO_WEEKS = "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
_HOW_OFTEN = ("Not at all", "Several days", "More than half the days", "Nearly every day")

PHQ9 = Instrument(
    "phq9",
    "PHQ-9",
    _TWO_WEEKS,
    (
        "Little interest or pleasure in doing things",
        "Feeling down, depressed, or hopeless",
        "Trouble falling or staying asleep, or sleeping too much",
        "Feeling tired or having little energy",
        "Poor appetite or overeating",
        "Feeling bad about yourself - or that you are a failure or have let yourself or your family down",
        "Trouble concentrating on things, such as reading the newspaper or watching television",
        "Moving or speaking so slowly that other people could have noticed? Or the opposite - being so "
        "fidgety or restless that you have been moving around a lot more than usual",
        "Thoughts that you would be better off dead or of hurting yourself in some way",
    ),
    _HOW_OFTEN,
    3,
    (
        Band(0, "minimal"),
        Band(5, "mild"),
        Band(10, "moderate"),
        Band(15, "moderately severe"),
        Band(20, "severe"),
    ),
    "Kroenke, Spitzer, Williams 2001, J Gen Intern Med 16:606",
    told=9,
)
GAD7 = Instrument(
    "gad7",
    "GAD-7",
    _TWO_WEEKS,
    (
        "Feeling nervous, anxious or on edge",
        "Not being able to stop or control worrying",
        "Worrying too much about different things",
        "Trouble relaxing",
        "Being so restless that it is hard to sit still",
        "Becoming easily annoyed or irritable",
        "Feeling afraid as if something awful might happen",
    ),
    _HOW_OFTEN,
    3,
    (Band(0, "minimal"), Band(5, "mild"), Band(10, "moderate"), Band(15, "severe")),
    "Spitzer, Kroenke, Williams, Lowe 2006, Arch Intern Med 166:1092",
)
# 0 and 10 are the scale's own ends; where mild ends is told differently, these are the usual thirds.
PAIN = Instrument(
    "pain",
    "Pain 0-10",
    "From 0, no pain, to 10, the worst pain imaginable",
    ("Pain now",),
    (),
    10,
    (Band(0, "none"), Band(1, "mild"), Band(4, "moderate"), Band(7, "severe")),
    "numeric rating scale; bands: clinic choice",
)

INSTRUMENTS: tuple[Instrument, ...] = (PHQ9, GAD7, PAIN)
BY_CODE: dict[str, Instrument] = {one.code: one for one in INSTRUMENTS}
BAND_WORDS = tuple(dict.fromkeys(band.words for one in INSTRUMENTS for band in one.bands))


def named(codes: frozenset[str]) -> tuple[str, ...]:
    """The names of instruments, in the order of the list."""
    return tuple(one.name for one in INSTRUMENTS if one.code in codes)
