"""What one patient's course has of its own, in words."""

from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.model import CourseTemplate, OwnCourse, Setup
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.patients.wording import weekday_words

_HALVES = {"am": QT_TR_NOOP("mornings"), "pm": QT_TR_NOOP("afternoons")}


def own_words(setup: Setup, template: CourseTemplate | None, own: OwnCourse) -> list[str]:
    """ "8 visits (template: 6)", "at least 2 clear days between (1)", "visit 4: Spravato 84 mg"."""
    out = []
    if own.visits is not None:
        out.append(_beside(tr("%n visit(s)", "", own.visits), template and len(template.type_codes)))
    if own.min_clear_days is not None:
        words = tr("at least %n clear day(s) between", "", own.min_clear_days)
        out.append(_beside(words, template and template.min_clear_days))
    if own.max_gap_days is not None:
        words = tr("at most %n day(s) to the next", "", own.max_gap_days)
        out.append(_beside(words, template and (template.max_gap_days or tr("any"))))
    names = {one.code: one.name for one in setup.types if one.current}
    for one in sorted(own.types, key=lambda each: each.no):
        name = names.get(one.type_code, one.type_code)
        out.append(tr("visit {no}: {type}").format(no=one.no, type=name))
    return out + _wishes(own)


def _beside(words: str, usual: object) -> str:
    """With what the template says instead."""
    if usual is None:
        return words
    return tr("{words} (template: {usual})").format(words=words, usual=usual)


def _wishes(own: OwnCourse) -> list[str]:
    out = []
    if own.weekdays:
        out.append(" ".join(weekday_words(day) for day in sorted(own.weekdays)))
    if own.clock is not None:
        out.append(tr("at {time}").format(time=clock_time(own.clock)))
    if own.half:
        out.append(tr(_HALVES[own.half]))
    return out
