"""Scores in words: what is read back while one is typed, and what a point of the plot says.

The items and answers of an instrument are its own and never translated.
"""

from collections.abc import Sequence

from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.instruments import Instrument
from clinic_desktop.people.score_rules import ANSWERS
from clinic_desktop.people.scores import Score, TypedScore
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.wording import worded


def score_words(score: Score) -> str:
    """ "PHQ-9 14, moderate"."""
    return total_words(score.of, score.sum)


def total_words(instrument: Instrument, total: int) -> str:
    pattern, band = tr("{name} {total}, {band}"), instrument.band(total)
    return pattern.format(name=instrument.name, total=total, band=tr(band))


def how_to_type(instrument: Instrument) -> str:
    """What stands below the empty line."""
    count = len(instrument.items)
    if count == 1:
        return tr("A number from 0 to {most}.").format(most=instrument.most)
    pattern = tr("{count} answers in a row, 0 to {most} each, or the total alone.")
    return pattern.format(count=count, most=instrument.most)


def read_back(instrument: Instrument, typed: TypedScore) -> str:
    """How what is typed so far would be kept."""
    count, begun = len(instrument.items), len(typed.items)
    if typed.problem is not None and not _goes_on(instrument, typed):
        return worded(typed.problem)
    if typed.total is None and begun < count:
        pattern = tr("{begun} of {count} answers, {sum} so far")
        return pattern.format(begun=begun, count=count, sum=typed.so_far)
    if typed.total is None:
        return _whole(instrument, typed)
    said = total_words(instrument, typed.total)
    if count == 1:
        return said
    if not begun:
        return tr("{score}: the total alone").format(score=said)
    pattern = tr("{score}: the total alone. Or {begun} of {count} answers, {sum} so far")
    return pattern.format(score=said, begun=begun, count=count, sum=typed.so_far)


def _whole(instrument: Instrument, typed: TypedScore) -> str:
    said = total_words(instrument, typed.so_far)
    if not is_told(instrument, typed) or instrument.told is None:
        return said
    answer = instrument.answers[typed.items[instrument.told - 1]].lower()
    pattern = tr("{score}. Item {number}: {answer}. The prescribers are told at once.")
    return pattern.format(score=said, number=instrument.told, answer=answer)


def is_told(instrument: Instrument, typed: TypedScore) -> bool:
    """Whether a prescriber is told at once of what is typed."""
    number = instrument.told
    whole = typed.total is None and len(typed.items) == len(instrument.items)
    return number is not None and whole and bool(typed.items[number - 1])


def is_wrong(instrument: Instrument, typed: TypedScore) -> bool:
    """Whether no more typing makes it right."""
    return typed.problem is not None and not _goes_on(instrument, typed)


def _goes_on(instrument: Instrument, typed: TypedScore) -> bool:
    """Too few answers are only the first of them."""
    few = len(typed.items) < len(instrument.items)
    return typed.problem is not None and typed.problem.rule is ANSWERS and few


def next_item(instrument: Instrument, typed: TypedScore) -> str:
    """The item whose answer is typed next."""
    place, count = len(typed.items), len(instrument.items)
    if count == 1 or place >= count or (typed.total is not None and not typed.items):
        return ""
    return tr("{number} of {count}: {item}").format(
        number=place + 1, count=count, item=instrument.items[place]
    )


def legend(instrument: Instrument) -> str:
    """ "0 Not at all, 1 Several days"; a number is not parted from its words."""
    pairs = (
        f"{number} {words}".replace(" ", "\N{NO-BREAK SPACE}")
        for number, words in enumerate(instrument.answers)
    )
    return ", ".join(pairs)


def answered(instrument: Instrument, items: Sequence[int]) -> str:
    """Every answer so far, a line each."""
    if len(instrument.items) == 1:
        return ""
    return "\n".join(
        f"{number}. {instrument.items[number - 1]}: {one}" for number, one in enumerate(items, start=1)
    )


def point_words(score: Score, before: Score | None, *, treated: bool, by: str) -> str:
    """One point of the plot: when, how much, since the one before, and whether it was a day of treatment."""
    parts = [f"{short_date(score.on)}, {score.on.year}", score_words(score), _change(score, before)]
    if treated:
        parts.append(tr("treated that day"))
    if by:
        parts.append(tr("typed by {who}").format(who=by))
    return "; ".join(part for part in parts if part)


def _change(score: Score, before: Score | None) -> str:
    if before is None:
        return ""
    change = score.sum - before.sum
    if not change:
        return tr("as before")
    pattern = tr("{points} more than before") if change > 0 else tr("{points} less than before")
    return pattern.format(points=abs(change))
