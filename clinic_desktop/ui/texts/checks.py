"""What is found in a text while it is written, as rows: problems, then grade, statements and pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from clinic_desktop.aftercare.grade import HIGHEST_GRADE
from clinic_desktop.aftercare.text_trial import Length, Trial
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.page_rows import Line
from clinic_desktop.ui.texts.words import problem_words
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import problem_worded


@dataclass(frozen=True, slots=True)
class GoTo:
    """Where Enter on a row goes: to a line, to words, or to the list of facts and statements."""

    line: int = 0
    words: str = ""
    statements: bool = False


def check_lines(trial: Trial, length: Length | None) -> list[Line]:
    """Problems first, in the order of the file."""
    rows = [*_problems(trial), *_trouble(trial)]
    return [*rows, *_grade(trial), *_statements(trial), *_pages(trial, length)]


def summary(trial: Trial, length: Length | None) -> str:
    """ "2 problems. Grade 4.9, fits. 2 pages" in a line."""
    count = len(trial.problems) + (trial.trouble is not None)
    told = [tr("%n problem(s)", "", count) if count else tr("No problems")]
    told += [line.row.text for line in (*_grade(trial), *_pages(trial, length))]
    return ". ".join(told)


def _problems(trial: Trial) -> Iterator[Line]:
    for one in trial.problems:
        where = tr("line {line}").format(line=one.line) if one.line else tr("the whole text")
        row = Row(problem_words(one), icon="warning", badge=where, tone=Tone.DANGER)
        missing = not one.line
        yield Line(row, GoTo(line=one.line, statements=missing))


def _trouble(trial: Trial) -> Iterator[Line]:
    if trial.trouble is not None:
        yield Line(Row(problem_worded(trial.trouble), icon="warning", badge=tr("pages"), tone=Tone.DANGER))


def _grade(trial: Trial) -> Iterator[Line]:
    if trial.template is None:
        return
    if trial.grade is None:
        yield Line(Row(tr("The reading grade of this language is not measured."), icon="info"))
        return
    words = tr("Grade {grade}, too hard: {most} is the most") if trial.too_hard else tr("Grade {grade}, fits")
    said = words.format(grade=f"{trial.grade:.1f}", most=f"{HIGHEST_GRADE:.0f}")
    hardest = tr("Hardest: {sentence}").format(sentence=trial.hardest) if trial.hardest else ""
    icon = "warning" if trial.too_hard else "check"
    yield Line(Row(said, hardest, icon=icon), GoTo(words=_findable(trial.hardest)))


def _findable(sentence: str) -> str:
    """The longest piece of a sentence that stands in the file as it is: bold and facts have marks there."""
    return max(sentence.split("{{"), key=len).rpartition("}}")[2].strip()


def _statements(trial: Trial) -> Iterator[Line]:
    if not trial.said:
        return
    missing = [one.number for one in trial.said if not one.line]
    count = len(trial.said) - len(missing)
    if missing:
        named = ", ".join(map(str, missing))
        words = tr("{count} of {all} statements said; missing: {missing}")
        said = words.format(count=count, all=len(trial.said), missing=named)
    else:
        said = tr("All %n statement(s) said", "", count)
    yield Line(Row(said, icon="warning" if missing else "check"), GoTo(statements=True))


def _pages(trial: Trial, length: Length | None) -> Iterator[Line]:
    if trial.pages is None:
        return
    count = tr("%n page(s)", "", trial.pages.page_count)
    if trial.too_long:
        count = tr("Too long: {pages}, and {most} allowed").format(pages=count, most=trial.most_pages)
    detail = ""
    long = trial.too_long
    if length is not None:
        long = long or not length.fits
        words = tr("The longest sheet takes {pages} of {most}, in large print {large} of {large_most}.")
        detail = words.format(
            pages=length.pages, most=length.most, large=length.large_pages, large_most=length.large_most
        )
        if not length.fits:
            detail = f"{tr('Too long.')} {detail}"
    yield Line(Row(count, detail, icon="warning" if long else "check"))
