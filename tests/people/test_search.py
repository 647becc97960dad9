"""Finding a patient as one types."""

import csv
import random
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.invented_people import town
from benchmarks.patient_search import misspelt_name
from clinic_desktop.people.folding import fold, words
from clinic_desktop.people.model import Address, Contact, Patient, Phone
from clinic_desktop.people.person_row import PersonRow
from clinic_desktop.people.search import Matched, SearchEntry, SearchIndex
from tests.shared_data import shared

MARY = SearchEntry(
    1,
    "Mary",
    "Okafor",
    "Mimi",
    date(1984, 4, 12),
    ("(555) 010-4477", "+1 555 012 9999"),
    "m.ok@example.org",
    "C-000017",
    address="12 Orchard Way, Apt 4b Springvale IL 62701",
    emergency_name="Chidi Anyanwu",
    emergency_phone="(217) 555-0188",
)
JOSE = SearchEntry(
    2, "José", "García Márquez", "", date(1990, 12, 4), ("555-013-1984",), "jose@example.org", "C-000018"
)
OBRIEN = SearchEntry(3, "Siobhán", "O'Brien", birth_date=date(1984, 11, 30), chart_number="C-000117")
MCDONALD = SearchEntry(4, "Ronald", "McDonald", chart_number="C-000120", deceased=True)
MERGED = SearchEntry(5, "Marie", "Okafor", chart_number="C-000099", merged_into=1)
YAMADA = SearchEntry(6, "太郎", "山田", chart_number="C-000200")
MERWE = SearchEntry(7, "Jan", "van der Merwe", chart_number="C-000201")
EVERYBODY = (MARY, JOSE, OBRIEN, MCDONALD, MERGED, YAMADA, MERWE)


@pytest.fixture(scope="module")
def index():
    return SearchIndex.build(EVERYBODY)


def ids(index, text, limit=20):
    return [hit.entry.id for hit in index.find(text, limit)]


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("mar ok", MARY),
        ("ok mar", MARY),
        ("Okafor, Mary", MARY),
        ("mimi", MARY),
        ("jose", JOSE),
        ("marquez garcia", JOSE),
        ("obrien", OBRIEN),
        ("o'brien", OBRIEN),
        ("o brien", OBRIEN),
        ("O\u2019Bri", OBRIEN),
        ("siobhan", OBRIEN),
        ("mc donald", MCDONALD),
        ("山田", YAMADA),
        ("太郎", YAMADA),
        ("山田太郎", YAMADA),
        ("山田太", YAMADA),
        ("vandermerwe", MERWE),
        ("merwe", MERWE),
        ("janmerwe", MERWE),
        ("4/12/1984", MARY),
        ("04/12/1984", MARY),
        ("4/12/84", MARY),
        ("4/12", MARY),
        ("1984-04-12", MARY),
        ("1984-04", MARY),
        ("04121984", MARY),
        ("19840412", MARY),
        ("Apr 12 1984", MARY),
        ("April 12, 1984", MARY),
        ("12 apr 1984", MARY),
        ("12-Apr-1984", MARY),
        ("30/11/1984", OBRIEN),
        ("mar 4/12/1984", MARY),
        ("okafor 1984", MARY),
        ("4477", MARY),
        ("477", MARY),
        ("0104477", MARY),
        ("(555) 010", MARY),
        ("+1 (555) 010-4477", MARY),
        ("555 012 9999", MARY),
        ("okafor 9999", MARY),
        ("m.ok@ex", MARY),
        ("ose@exam", JOSE),
        ("C-000017", MARY),
        ("c000017", MARY),
        ("C-000099", MERGED),
        ("17", MARY),
        ("orchard", MARY),
        ("12 orchard way", MARY),
        ("Orchard Way, Springvale", MARY),
        ("springv", MARY),
        ("62701", MARY),
        ("chidi", MARY),
        ("anyanwu chidi", MARY),
        ("217-555-0188", MARY),
        ("555-0188", MARY),
        ("0188", MARY),
        ("okafor orchard", MARY),
        ("orchard 1984", MARY),
        ("orchard 4/12/1984", MARY),
    ],
)
def test_found_first(index, typed, person):
    assert ids(index, typed)[:1] == [person.id]


@pytest.mark.parametrize(
    ("typed", "by"),
    [
        ("okafor", Matched.NAME),
        ("kafo", Matched.INSIDE),
        ("okafro", Matched.SIMILAR),
        ("1984-04-12", Matched.BIRTH_DATE),
        ("4477", Matched.PHONE),
        ("m.ok@", Matched.EMAIL),
        ("C-000017", Matched.CHART_NUMBER),
        ("12 orchard", Matched.AROUND),
        ("chidi any", Matched.AROUND),
    ],
)
def test_a_hit_says_by_what(index, typed, by):
    assert index.find(typed)[0].matched is by


HEARD = (
    SearchEntry(21, "Dana", "Vasquez"),
    SearchEntry(22, "Luis", "Vazquez"),
    SearchEntry(23, "Kofi", "Cohen"),
    SearchEntry(24, "Ann", "Vaskell"),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("vaskez", [21, 22]),
        ("dana vaskez", [21]),
        ("vaskez luis", [22]),
        ("koen", [23]),
        ("vask", [24]),  # what begins so comes alone: nothing has to be guessed
        ("vaskezer", []),
    ],
)
def test_a_name_is_found_as_it_is_heard_when_nothing_is_found_as_it_is_written(typed, found):
    assert ids(SearchIndex.build(HEARD), typed) == found


def test_of_the_names_that_sound_so_the_closest_in_writing_comes_first():
    vasquez, vazquez = SearchEntry(1, "Ana", "Vasquez"), SearchEntry(2, "Ana", "Vazquez")
    assert ids(SearchIndex.build((vasquez, vazquez)), "vaskez") == [1, 2]
    assert ids(SearchIndex.build((vasquez, vazquez)), "vazzkez") == [2, 1]


def test_a_changed_name_is_heard_as_it_is_written_now():
    index = SearchIndex.build(HEARD)
    assert ids(index, "vaskez") == [21, 22]
    index.put(replace(HEARD[0], family_name="Moreno"))
    index.put(replace(HEARD[3], family_name="Vazkez"))
    assert ids(index, "vaskes") == [24]


def test_a_number_is_looked_for_as_phone_year_and_chart_number(index):
    assert set(ids(index, "1984")) == {MARY.id, JOSE.id, OBRIEN.id}


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "?",
        "@",
        "zzqx",
        "2/31/1984",
        "99/99/9999",
        "okafor 1985",
        "mar 4/13/1984",
        "orchard 4/13/1984",
        "orchard lane",
    ],
)
def test_nothing_found(index, typed):
    assert ids(index, typed) == []


def test_the_dead_and_the_merged_are_found_and_marked(index):
    assert index.find("mcdonald")[0].entry.deceased
    merged = index.find("marie okafor")[0].entry
    assert merged.merged_into == MARY.id


def test_the_kept_record_stands_before_the_merged_one_of_the_same_name():
    kept = SearchEntry(8, "Ann", "Lee", birth_date=date(1990, 1, 1))
    merged = SearchEntry(9, "Ann", "Lee", birth_date=date(1980, 1, 1), merged_into=8)
    assert ids(SearchIndex.build([merged, kept]), "ann lee") == [8, 9]


def test_whole_words_come_before_beginnings_and_these_before_parts():
    names = ("Annika", "Joanna", "Ann", "Anna")
    index = SearchIndex.build(SearchEntry(n, given, "Berg") for n, given in enumerate(names))
    found = [hit.entry.given_name for hit in index.find("ann")]
    assert found == ["Ann", "Anna", "Annika", "Joanna"]


def test_family_names_come_before_given_names():
    index = SearchIndex.build([SearchEntry(1, "Jordan", "Adams"), SearchEntry(2, "Wes", "Jordanson")])
    assert ids(index, "jord") == [2, 1]


def test_month_and_day_may_also_be_a_name_and_a_number():
    index = SearchIndex.build(
        [SearchEntry(1, "Mara", "Lee", chart_number="12"), SearchEntry(2, birth_date=date(1970, 3, 12))]
    )
    assert ids(index, "mar 12") == [2, 1]


def test_a_name_comes_before_a_street_and_both_are_found() -> None:
    lives_there = SearchEntry(1, "Ann", "Adams", address="4 Jordan Street")
    index = SearchIndex.build([lives_there, SearchEntry(2, "Wes", "Jordan"), SearchEntry(3, "Jordan", "Lee")])
    assert ids(index, "jordan") == [2, 3, 1]


def test_a_street_without_accents_finds_one_with() -> None:
    index = SearchIndex.build([SearchEntry(1, "Ann", "Lee", address="Calle Peñón 5, Mérida")])
    assert ids(index, "penon merida") == [1]


def test_two_letters_search_no_streets() -> None:
    index = SearchIndex.build([SearchEntry(1, "Ann", "Lee", address="12 Oak Road")])
    assert ids(index, "oa") == []
    assert ids(index, "12") == []
    assert ids(index, "12 oak") == [1]


def test_a_changed_address_is_found_and_the_old_one_no_more(index) -> None:
    changed = SearchIndex.build(EVERYBODY)
    assert ids(changed, "orchard") == [MARY.id]
    changed.put(replace(MARY, address="9 Quince Lane", emergency_name=""))
    assert ids(changed, "orchard") == ids(changed, "chidi") == []
    assert ids(changed, "quince") == [MARY.id]
    changed.remove(MARY.id)
    assert ids(changed, "quince") == []


def test_the_limit_holds():
    index = SearchIndex.build(SearchEntry(n, "Ann", "Lee") for n in range(50))
    assert len(index.find("ann lee", limit=7)) == 7


def test_a_changed_person_is_found_by_what_is_known_now(index):
    changed = SearchIndex.build(EVERYBODY)
    changed.put(SearchEntry(1, "Mary", "Nwosu", birth_date=date(1984, 4, 13)))
    assert ids(changed, "nwosu") == [1]
    assert ids(changed, "4477") == []
    assert ids(changed, "4/12/1984") == []
    assert ids(changed, "okafor") == [MERGED.id]
    changed.remove(MERGED.id)
    assert ids(changed, "okafor") == []
    changed.remove(MERGED.id)  # one who is gone already is no matter
    assert len(changed) == len(EVERYBODY) - 1


def test_an_entry_holds_what_the_record_holds():
    patient = Patient(
        id=1,
        given_name="Mary",
        family_name="Okafor",
        preferred_name="Mimi",
        birth_date=date(1984, 4, 12),
        phones=(Phone("(555) 010-4477", "home"), Phone("+1 555 012 9999")),
        email="m.ok@example.org",
        chart_number="C-000017",
        address=Address("12 Orchard Way, Apt 4b", "Springvale", "IL", "62701"),
        emergency=Contact("Chidi Anyanwu", "brother", "(217) 555-0188"),
    )
    assert SearchEntry.of(patient) == MARY
    assert PersonRow.of(patient).entry == MARY
    assert SearchEntry.of(replace(patient, death_date=date(2020, 1, 1))).deceased
    assert SearchEntry.of(replace(patient, merged_into=4)).merged_into == 4


def test_openmrs_people_are_found_without_accents_and_in_their_own_script():
    tree = ET.parse(shared("data/patients_openmrs/PatientServiceTest-findPatientsAccents.xml"))  # noqa: S314 - a known file
    names = [element.attrib for element in tree.iter("person_name")]
    index = SearchIndex.build(
        SearchEntry(int(n["person_id"]), f"{n['given_name']} {n['middle_name']}", n["family_name"])
        for n in names
    )
    assert set(ids(index, "jose")) == {202, 205}
    assert set(ids(index, "ursula")) == {203, 204}
    assert ids(index, "ho")[0] == 208
    assert ids(index, "ХУАН") == []
    assert ids(index, "ФЁДОР") == [209]
    assert ids(index, "достоевский") == [209]
    assert ids(index, "οδυσσευς") == [207]
    assert ids(index, "ΙΘΑΚΗ") == [207]


def test_names_of_many_languages_are_found_by_either_part():
    with shared("data/names_cldr/person_names.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["given"].strip()]
    entries = [SearchEntry(n, row["given"], row["surname"]) for n, row in enumerate(rows)]
    index = SearchIndex.build(entries)
    for entry in entries:
        for name in filter(None, (entry.given_name, entry.family_name)):
            assert entry.id in ids(index, name, limit=500), name
            assert entry.id in ids(index, fold(name).upper(), limit=500), name


@pytest.mark.parametrize("wrong", ["first", "last"])
def test_with_one_letter_wrong_the_person_is_in_the_top_five(wrong):
    people = town(5000)
    index = SearchIndex.build(people)
    rng = random.Random(2)  # noqa: S311 - a sample, no secret
    chosen = rng.sample(people, 300)
    found = sum(person.id in ids(index, misspelt_name(rng, person, wrong))[:5] for person in chosen)
    assert found >= 0.95 * len(chosen)


# Few letters and dates, so that people share much.
name = st.text(alphabet="abáB'- 山김", max_size=7)
entry = st.builds(
    SearchEntry,
    id=st.integers(1, 12),
    given_name=name,
    family_name=name,
    preferred_name=name,
    birth_date=st.none() | st.dates(date(1999, 12, 30), date(2000, 1, 2)),
    phones=st.lists(st.text(alphabet="01 -", max_size=8), max_size=2).map(tuple),
    email=st.text(alphabet="ab@.", max_size=6),
    chart_number=st.text(alphabet="C01-", max_size=5),
    deceased=st.booleans(),
    merged_into=st.none() | st.just(3),
    address=st.text(alphabet="ab 1-\n", max_size=9),
    emergency_name=name,
    emergency_phone=st.text(alphabet="01 -", max_size=8),
)
typed = st.text(alphabet="abá' @01/-山", max_size=9) | st.sampled_from(
    ["2000-01-01", "1/1/2000", "1999", "bba ab"]
)


@given(
    st.lists(entry, max_size=12),
    st.lists(entry | st.integers(1, 12), max_size=12),
    st.lists(typed, min_size=1),
    st.booleans(),
)
def test_an_index_kept_up_finds_what_one_built_anew_finds(first, changes, texts, prepared):
    people = {person.id: person for person in first}
    index = SearchIndex.build(people.values())
    if prepared:
        index.prepare()
    for change in changes:
        if isinstance(change, int):
            people.pop(change, None)
            index.remove(change)
        else:
            people[change.id] = change
            index.put(change)
    anew = SearchIndex.build(people.values())
    assert len(index) == len(anew)
    for text in texts:
        assert index.find(text, limit=5) == anew.find(text, limit=5)


@given(st.lists(entry, min_size=1, max_size=8), st.data())
def test_everybody_is_found_by_the_beginnings_of_any_of_their_names(people, data):
    index = SearchIndex.build({person.id: person for person in people}.values())
    person = data.draw(st.sampled_from(people).filter(lambda p: p == {q.id: q for q in people}[p.id]))
    theirs = [*words(person.given_name), *words(person.family_name), *words(person.preferred_name)]
    chosen = data.draw(st.lists(st.sampled_from(theirs), min_size=1, max_size=3)) if theirs else []
    beginnings = [word[: data.draw(st.integers(1, len(word)))] for word in chosen]
    if beginnings:
        assert person.id in ids(index, " ".join(beginnings), limit=100)


@given(st.lists(entry, max_size=8), st.text(max_size=20))
def test_whatever_is_typed_the_search_answers(people, text):
    found = ids(SearchIndex.build({person.id: person for person in people}.values()), text)
    assert len(found) == len(set(found))
