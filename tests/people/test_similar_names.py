"""Names that could be confused on one day's board."""

import pytest

from clinic_desktop.people.similar_names import NamedPerson, Similarity, SimilarPair, similar


def likeness(one, other):
    """How two names, each written "Given Family", are alike."""
    people = [NamedPerson(n, *name.split(" ", 1)) for n, name in enumerate((one, other), 1)]
    pairs = similar(people)
    assert all((pair.one, pair.other) == (1, 2) for pair in pairs)
    return pairs[0].similarity if pairs else None


@pytest.mark.parametrize(
    ("one", "other", "similarity"),
    [
        ("Mary Okafor", "Mary Okafor", Similarity.SAME_NAME),
        ("José Núñez", "Jose Nunez", Similarity.SAME_NAME),
        ("James Thomas", "Thomas James", Similarity.SAME_NAME),
        ("Mary Okafor", "David Okafor", Similarity.SAME_FAMILY_NAME),
        ("Ann O'Brien", "Eve OBrien", Similarity.SAME_FAMILY_NAME),
        ("Ann Smith", "Eve Smyth", Similarity.LOOKS_ALIKE),
        ("Ann Johnson", "Eve Johnston", Similarity.LOOKS_ALIKE),
        ("Ann Allen", "Eve Ellen", Similarity.LOOKS_ALIKE),
        ("Ann Иванов", "Eve Иванова", Similarity.LOOKS_ALIKE),
        ("Ann Meyer", "Eve Maier", Similarity.SOUNDS_ALIKE),
        ("Ann Stephens", "Eve Stevens", Similarity.SOUNDS_ALIKE),
        ("Ann Phillips", "Eve Filips", Similarity.SOUNDS_ALIKE),
        ("Ann Cooper", "Eve Kuper", Similarity.SOUNDS_ALIKE),
        ("Ann Schultz", "Eve Shulz", Similarity.SOUNDS_ALIKE),
        ("Mary Okafor", "Mary Jones", None),
        ("Ann Lee", "Eve Lea", None),
        ("Ann Ross", "Eve Reyes", None),
        ("Ann Martin", "Eve Martinez", None),
        ("Ann 山田", "Eve 山本", None),
    ],
)
def test_similar_names(one, other, similarity):
    assert likeness(one, other) is similarity
    assert likeness(other, one) is similarity


def test_two_visits_of_one_person_are_no_pair():
    assert similar([NamedPerson(1, "Ann", "Lee"), NamedPerson(1, "Ann", "Lee")]) == ()


def test_a_single_name_is_compared_as_it_stands():
    people = [NamedPerson(1, "Irene", ""), NamedPerson(2, "", "Irene"), NamedPerson(3, "", "")]
    assert [(p.one, p.other) for p in similar(people)] == [(1, 2)]


def test_every_pair_of_a_day_is_named():
    people = [NamedPerson(n, given, "Lee") for n, given in enumerate(("Ann", "Eve", "Ann"), 1)]
    assert similar(people) == (
        SimilarPair(1, 2, Similarity.SAME_FAMILY_NAME),
        SimilarPair(1, 3, Similarity.SAME_NAME),
        SimilarPair(2, 3, Similarity.SAME_FAMILY_NAME),
    )
