"""How names are compared: case, accents, width and signs do not tell people apart; letters do."""

import csv
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.people.folding import digits, fold, squeezed, words
from tests.shared_data import shared


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("José", "jose"),
        ("Łukasz", "LUKASZ"),
        ("Søren Ødegård", "soren odegard"),
        ("Đặng", "dang"),
        ("Weiß", "weiss"),
        ("Œuvrard", "oeuvrard"),
        ("Şahin", "sahin"),
        ("Irmak", "ırmak"),
        ("Hồ Xuân Hương", "ho xuan huong"),
        ("Ὀδυσσεύς", "οδυσσευσ"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
        ("Фёдор", "федор"),
        ("ＭＡＲＹ", "mary"),
        ("ﾔﾏﾀﾞ", "ヤマダ"),
        ("مُحَمَّد", "محمد"),
        ("شَلُومִ", "شلوم"),
        ("שָׁלוֹם", "שלום"),
        ("\ufb01nn", "finn"),
        ("O\u2019Brien", "o'brien"),
    ],
)
def test_folded_alike(written, typed):
    assert fold(written) == fold(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("カ", "ガ"),
        ("कि", "की"),
        ("राम", "रम"),
        ("มานี", "มาน"),
        ("김", "김수"),
        ("張", "王"),
        ("Anna", "Anne"),
    ],
)
def test_letters_and_vowel_signs_tell_names_apart(one, other):
    assert fold(one) != fold(other)


def test_a_korean_name_is_found_while_its_syllable_is_being_typed():
    assert fold("한").startswith(fold("하"))


def test_every_character_folds_once_and_for_all():
    for point in range(sys.maxunicode + 1):
        character = chr(point)
        if unicodedata.category(character) not in ("Cn", "Cs", "Co"):
            assert fold(fold(character)) == fold(character), hex(point)


@given(st.text())
def test_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_does_not_matter(text):
    assert fold(fold(text).upper()) == fold(fold(fold(text).upper()))
    assert set(words(text)) == set(words(fold(text)))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("O'Brien", {"o", "brien", "obrien"}),
        ("Jean-Luc", {"jean", "luc", "jeanluc"}),
        ("Gal·la", {"gal", "la", "galla"}),
        ("van der Merwe", {"van", "der", "merwe"}),
        ("J.R.", {"j", "r", "jr"}),
        ("  ", set()),
        ("?!", set()),
        ("Keʻalohi", {"ke", "alohi", "kealohi"}),
    ],
)
def test_words_of_a_name(name, found):
    assert set(words(name)) == found


def test_names_of_many_languages_keep_their_letters():
    with shared("data/names_cldr/person_names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 403
    for row in rows:
        for part in ("given", "surname"):
            assert bool(squeezed(row[part])) == bool(row[part].strip()), row
            assert fold(fold(row[part])) == fold(row[part])


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("(555) 010-4477", "5550104477"),
        ("+1 555 010 4477", "5550104477"),
        ("+49 30 901820", "4930901820"),
        ("٠١٢٣", "0123"),
        ("no phone", ""),
    ],
)
def test_digits_of_a_phone_number(written, number):
    assert digits(written) == number
