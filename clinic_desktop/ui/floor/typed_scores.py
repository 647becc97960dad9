"""Scores as they are typed behind their word, like "sed 5" or "naus 1 vomited once", and what they mean."""

import re
from dataclasses import replace

from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.scores import MOST
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

_SCORE = re.compile(r"\d{1,2}")
_GRADES = (QT_TR_NOOP("none"), QT_TR_NOOP("mild"), QT_TR_NOOP("moderate"), QT_TR_NOOP("severe"))
_SEDATION = (
    QT_TR_NOOP("answers to nothing"),
    QT_TR_NOOP("answers to a squeeze only"),
    QT_TR_NOOP("answers to shaking only"),
    QT_TR_NOOP("answers to a loud voice only"),
    QT_TR_NOOP("answers slowly"),
    QT_TR_NOOP("answers readily"),
)


def read_score(stamp: Stamp, rest: str) -> tuple[Stamp, str]:
    """The stamp with its number and what is said behind it, and what is wrong with it."""
    number, _, note = rest.partition(" ")
    if not _SCORE.fullmatch(number):
        return stamp, tr("Write a number from 0 to {most}.").format(most=MOST[stamp.kind])
    return replace(stamp, score=int(number), note=note.strip()), ""


def score_words(stamp: Stamp) -> str:
    """ "5: answers readily"; nothing where no score was given."""
    if stamp.score is None:
        return ""
    words = _SEDATION if stamp.kind is StampKind.SEDATION else _GRADES
    meant = tr(words[stamp.score]) if stamp.score < len(words) else ""
    return f"{stamp.score}: {meant}" if meant else str(stamp.score)
