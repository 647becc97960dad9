"""What a patient answered before the dose, as it is typed: "asked food 7:30 liquid 9:15 spray none preg no
meds none". "same" stands for what may be as the last time, asked again; a meal never is.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from clinic_desktop.scheduling.asks import (
    BENZODIAZEPINES,
    FOOD,
    HYPNOTICS,
    LIQUID,
    MEDICINES,
    NAMES,
    OXIMETER,
    PREGNANCY,
    SINCE,
    SPRAY,
)
from clinic_desktop.treatment.answers import Answer
from clinic_desktop.treatment.asking import SAME, unasked
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.ui.floor.typed_times import Reading, day_that_is_over, moments_of, split_times
from clinic_desktop.ui.floor.words import at_clock, at_day_clock
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

_SEDATIVES = (BENZODIAZEPINES, HYPNOTICS)
_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("food", (FOOD,)), ("ate", (FOOD,)), ("eaten", (FOOD,)),
    ("liquids", (LIQUID,)), ("drank", (LIQUID,)), ("water", (LIQUID,)),
    ("spray", (SPRAY,)), ("nasal", (SPRAY,)),
    ("pregnancy", (PREGNANCY,)), ("pregnant", (PREGNANCY,)),
    ("medicines", MEDICINES), ("meds", MEDICINES), ("sedatives", _SEDATIVES),
    ("benzodiazepines", (BENZODIAZEPINES,)), ("benzos", (BENZODIAZEPINES,)),
    ("hypnotics", (HYPNOTICS,)), ("sleeping", (HYPNOTICS,)),
    ("opioids", ("opioids",)), ("stimulants", ("stimulants",)), ("maois", ("maoi",)),
    ("oximeter", (OXIMETER,)),
)  # fmt: skip
_LEAST = 3  # letters of a word that begin it
_ANSWERS: dict[str, bool | None] = {
    "none": False, "no": False, "not": False, "yes": True, "here": True, "unknown": None, "?": None,
}  # fmt: skip
_TYPED = {
    FOOD: "food", LIQUID: "liquid", SPRAY: "spray", PREGNANCY: "preg", BENZODIAZEPINES: "benzo",
    HYPNOTICS: "hypnotic", "opioids": "opioid", "stimulants": "stim", "maoi": "maoi", OXIMETER: "oximeter",
}  # fmt: skip
HINT = QT_TR_NOOP("asked food 7:30 liquid 9:15 spray none preg no meds none")

_HOUR = re.compile(r"[1-9]|1\d|2[0-3]")

Found = dict[str, Answer]


class _NotReadError(Exception):
    """Why a line cannot be read, in words."""


def is_answer(text: str) -> bool:
    """Whether a text begins as an answer does, without "asked" before it: "food 7:30"."""
    return bool(_meant(text.lower().partition(" ")[0]))


def read_asked(
    stamp: Stamp, rest: str, care: Care, now: datetime, last_time: Sequence[Answer]
) -> tuple[Stamp, str]:
    """The stamp with its answers, and what is wrong with them."""
    words = rest.replace(",", " ").lower().split()
    found: Found = {}
    try:
        while words:
            words = _take(words, found, care, now, last_time)
    except _NotReadError as wrong:
        return stamp, str(wrong)
    answers = tuple(found[code] for code in NAMES if code in found)
    return replace(stamp, answers=answers), "" if answers else _wanted(care)


def _wanted(care: Care) -> str:
    """What nobody has asked yet, as it is typed."""
    left = [_TYPED[code] for code in unasked(care)]
    words = tr("Write what was answered: {items}. Like: food 7:30 preg no meds none.")
    return words.format(items=", ".join(left)) if left else tr(HINT)


def _take(
    words: Sequence[str], found: Found, care: Care, now: datetime, last_time: Sequence[Answer]
) -> list[str]:
    """Read one answer into ``found``; what is left of the words."""
    word, left = words[0], list(words[1:])
    if denies(words):  # "no benzos" as well as "benzos no"
        word, left = words[1], [words[0], *words[2:]]
    if word == "same":
        if not last_time:
            raise _NotReadError(tr("Nothing was answered the last time. Ask, and write it."))
        found |= {one.item: one for one in last_time if one.item in SAME and one.item not in found}
        return left
    codes = _meant(word)
    if not codes:
        raise _NotReadError(tr("'{word}' is not asked. Write {like}.").format(word=word, like=tr(HINT)))
    if codes[0] in SINCE:
        answer, left = _since(codes[0], left, care, now)
        found[codes[0]] = answer
        return left
    present, left = _yes_or_no(word, codes, left)
    found |= {code: Answer(code, present) for code in codes}
    return left


def denies(words: Sequence[str]) -> bool:
    """Whether words, folded, begin with a "no" before what it is said of: "no benzos"."""
    return len(words) > 1 and _ANSWERS.get(words[0]) is False and bool(_meant(words[1]))


def _meant(word: str) -> tuple[str, ...]:
    return next((codes for full, codes in _WORDS if len(word) >= _LEAST and full.startswith(word)), ())


def _since(code: str, words: list[str], care: Care, now: datetime) -> tuple[Answer, list[str]]:
    """None of it, or when it was last."""
    if words and _ANSWERS.get(words[0]) is False:
        return Answer(code, present=False), words[1:]
    if words and _HOUR.fullmatch(words[0]):  # "food 9"
        words = [f"{words[0]}:00", *words[1:]]
    times, rest = split_times(" ".join(words), care.visit.zone)
    moments = moments_of(times[0], care, now) if times else []
    if len(times) != 1 or not moments:
        wrong = tr("When? Write {item} 7:30, or {item} none.")
        raise _NotReadError(wrong.format(item=_TYPED[code]))
    return Answer(code, True, _last_time(times[0], care, now)), rest.split()


def _last_time(reading: Reading, care: Care, now: datetime) -> datetime:
    """The last time that the clock showed it: of morning and evening the one that is less long ago, so that
    no meal is taken for an older one than it may be."""
    if reading.on or day_that_is_over(care, now):
        at = moments_of(reading, care, now)[0] or now
        return at if at <= now else at - timedelta(days=1)
    halves = (moments_of(replace(reading, minutes=(one,)), care, now) for one in reading.minutes)
    found = [half[0] or now for half in halves if half]
    return max(one if one <= now else one - timedelta(days=1) for one in found)


def _yes_or_no(word: str, codes: Sequence[str], words: list[str]) -> tuple[bool | None, list[str]]:
    """Of several medicines only "none" can be said at once; what is named behind them is taken."""
    said = words[0] if words and words[0] in _ANSWERS else ""
    left = words[1:] if said else words
    if len(codes) > 1:
        others = bool(left) and not said and set(_meant(left[0])) < set(codes)
        if not others and _ANSWERS.get(said) is not False:
            known = ", ".join(_TYPED[code] for code in codes)
            raise _NotReadError(
                tr("Which? Write {word} none, or of these: {known}.").format(word=word, known=known)
            )
        return False, left
    if not said and codes[0] == PREGNANCY:
        raise _NotReadError(tr("Write preg no, preg yes or preg unknown."))
    return (_ANSWERS[said] if said else True), left


def asked_words(answers: Sequence[Answer], zone: str, day: date) -> str:
    """ "food 7:30 AM, no liquids, pregnancy: no, no benzodiazepines"."""
    no_medicine = {one.item for one in answers if one.present is False} >= set(MEDICINES)
    parts = [_words(one, zone, day) for one in answers if not (no_medicine and one.item in MEDICINES)]
    return ", ".join([*parts, tr("no sedatives, opioids, stimulants or MAOIs")] if no_medicine else parts)


def _words(one: Answer, zone: str, day: date) -> str:
    name = tr(NAMES[one.item])
    if one.since is not None:
        return f"{name} {at_day_clock(one.since, zone, day)}"
    if one.present is None:
        return tr("{what} not known").format(what=name)
    if one.item == PREGNANCY:
        return tr("pregnant") if one.present else tr("not pregnant")
    return name if one.present else tr("no {what}").format(what=name)


def asked_typed(answers: Sequence[Answer], zone: str) -> str:
    """The answers as they would be typed again."""
    words = {True: "yes", False: "none", None: "unknown"}
    return " ".join(
        f"{_TYPED.get(one.item, one.item)} {_clock(one.since, zone) if one.since else words[one.present]}"
        for one in answers
    )


def _clock(at: datetime, zone: str) -> str:
    return at_clock(at, zone).replace(" ", "").lower()
