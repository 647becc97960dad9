"""What was recorded of a patient's scores and reviews, in words."""

from collections.abc import Iterator

from clinic_desktop.people.scores import Score
from clinic_desktop.scheduling.reviews import Review
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.history_facts import History
from clinic_desktop.ui.patients.wording import day_words
from clinic_desktop.ui.scores.words import score_words


def score_changes(_history: History, before: Score | None, after: Score | None) -> Iterator[str]:
    """Why one was corrected stands as the reason of the change."""
    if after is None or before is not None:
        return
    pattern = tr("{score} on {day}")
    if after.struck:
        pattern = tr("Struck out: {score} on {day}")
    elif after.corrects is not None:
        pattern = tr("Corrected: {score} on {day}")
    yield pattern.format(score=score_words(after), day=day_words(after.on))
    if after.items and not after.struck:
        yield tr("Answers: {items}").format(items=" ".join(map(str, after.items)))


def review_changes(history: History, before: Review | None, after: Review | None) -> Iterator[str]:
    if after is None or before is not None:
        return
    treatment = history.treatment(after.modality)
    yield tr("Review of {treatment}: {words}").format(treatment=treatment, words=after.words)
