"""What the list of people says about each: pure, so that it is quick and easy to prove."""

from collections.abc import Iterable, Sequence
from datetime import date

from clinic_desktop.people.directory import Directory, Found
from clinic_desktop.people.person_row import PersonRow
from clinic_desktop.people.similar_names import Similarity, similar
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.person_lines import Mark, PersonLine
from clinic_desktop.ui.patients.wording import born_words, known_as


def found_lines(directory: Directory, found: Sequence[Found], today: date) -> list[PersonLine]:
    """The lines of a search."""
    confusing = same_names([one.person for one in found])
    return [
        person_line(directory, one.person, today, former=one.former, same_name=one.person.id in confusing)
        for one in found
    ]


def person_lines(directory: Directory, ids: Iterable[int], today: date) -> list[PersonLine]:
    """The lines of people known by id, such as today's; each once."""
    people = [one for one in map(directory.kept, dict.fromkeys(ids)) if one is not None]
    confusing = same_names(people)
    return [person_line(directory, one, today, same_name=one.id in confusing) for one in people]


def person_line(
    directory: Directory,
    person: PersonRow,
    today: date,
    *,
    former: PersonRow | None = None,
    same_name: bool = False,
) -> PersonLine:
    """One person's line. ``former``: the merged record they were found by."""
    was = tr("was {number}").format(number=former.chart_number) if former else ""
    phone = person.phones[0] if person.phones else ""
    detail = "   ".join(part for part in (phone, person.chart_number, was) if part)
    marks = tuple(_marks(directory, person, today, same_name=same_name))
    return PersonLine(person.id, known_as(person), born_words(person, today), detail, marks)


def _marks(directory: Directory, person: PersonRow, today: date, *, same_name: bool) -> Iterable[Mark]:
    if person.death_date is not None:
        yield Mark(tr("Deceased"))
        return
    if person.alerts:
        yield Mark(tr("Alert"), Tone.DANGER, "warning")
    if same_name:
        yield Mark(tr("Same name"), Tone.WARN, "person")
    if not directory.is_cleared(person.id, today):
        yield Mark(tr("Not cleared"))
    if person.lacks_details:
        yield Mark(tr("Needs details"))


def same_names(people: Sequence[PersonRow]) -> set[int]:
    """Who in a list bears the very name of somebody else in it."""
    pairs = similar(person.named for person in people)
    return {n for pair in pairs if pair.similarity is Similarity.SAME_NAME for n in (pair.one, pair.other)}
