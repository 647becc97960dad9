"""The one line, seen from Tuesday, November 17, 2026, in the clinic as it ships."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.defaults import ROOMS, default_setup
from clinic_desktop.scheduling.typed_line import Kind, Line, read_line
from clinic_desktop.scheduling.typed_vocabulary import Vocabulary

TODAY = date(2026, 11, 17)
MAYA = Staff(id=7, name="Maya Jones", initials="MJ", roles=frozenset({Role.NURSE}))
LIN = Staff(id=8, name="Dr. Lin", initials="HL", roles=frozenset({Role.PRESCRIBER}))
SETUP = replace(
    default_setup(),
    rooms=tuple(replace(one, id=number) for number, one in enumerate(ROOMS, start=1)),
    staff=(MAYA, LIN),
)
KNOWN = Vocabulary.of(SETUP)
IV = ("IVM", "IVB", "IVMG", "IVP")
SP = ("SP1", "SP56", "SP84")
TUE, FRI = 1, 4


def readings(text: str) -> list[Line]:
    """What a line may mean, without where its words stand."""
    return [replace(one, text="", parts=()) for one in read_line(text, TODAY, KNOWN)]


def first(text: str) -> Line:
    return readings(text)[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("okafor", Line("", names=("okafor",))),
        ("Okafor, Amara", Line("", names=("Okafor", "Amara"))),
        ("mar 10 sp", Line("", names=("mar",), minute=600, types=SP)),
        ("mar sp 2", Line("", names=("mar",), minute=840, types=SP)),
        ("mar 10:15 sp", Line("", names=("mar",), minute=615, types=SP)),
        ("okafor spra 9 am", Line("", names=("okafor",), minute=540, types=SP)),
        ("okafor fri 2p iv", Line("", names=("okafor",), day=date(2026, 11, 20), minute=840, types=IV)),
        ("okafor iv pm", Line("", names=("okafor",), half="pm", types=IV)),
        ("okafor booster", Line("", names=("okafor",), types=("IVB",))),
        ("okafor sp 84", Line("", names=("okafor",), types=("SP84",))),
        ("okafor sp84", Line("", names=("okafor",), types=("SP84",))),
        ("okafor follow", Line("", names=("okafor",), types=("FUP",))),
        ("okafor sp +2w", Line("", names=("okafor",), types=SP, day=date(2026, 12, 1))),
        ("okafor inf 2 10", Line("", names=("okafor",), room_id=3, minute=600)),
        ("okafor iv with maya", Line("", names=("okafor",), types=IV, nurse_id=7)),
        ("okafor iv with mj", Line("", names=("okafor",), types=IV, nurse_id=7)),
        ("first sp for okafor", Line("", names=("okafor",), types=SP)),
        ("okafor 1030 sp", Line("", names=("okafor",), minute=630, types=SP)),
        ("okafor 930", Line("", names=("okafor",), minute=570)),
        ("okafor 0930 iv", Line("", names=("okafor",), minute=570, types=IV)),
        ("okafor 230 sp", Line("", names=("okafor",), minute=870, types=SP)),
        ("okafor 230p sp", Line("", names=("okafor",), minute=870, types=SP)),
        ("okafor 1030a", Line("", names=("okafor",), minute=630)),
        ("okafor 1030 am", Line("", names=("okafor",), minute=630)),
        ("thu 1030", Line("", day=date(2026, 11, 19), minute=630)),
        ("1030", Line("", number="1030")),
        ("930", Line("", number="930")),
        ("okafor 0142", Line("", names=("okafor",), number="0142")),  # nobody is here at 1:42 in the night
        ("okafor 1984", Line("", names=("okafor",), number="1984")),
        ("okafor 2030", Line("", names=("okafor",), number="2030")),
        ("512 555 1030", Line("", number="5125551030")),
        ("555 1030 sp", Line("", number="5551030", types=SP)),
        ("555-0142", Line("", number="555-0142")),
        ("0142 sp", Line("", number="0142", types=SP)),
        ("(512) 555 0142", Line("", number="(512)5550142")),
        ("4/12/1984", Line("", birth=date(1984, 4, 12))),
        ("4/12/84", Line("", birth=date(1984, 4, 12))),
        ("okafor apr 12 1984 sp", Line("", names=("okafor",), birth=date(1984, 4, 12), types=SP)),
        ("tomorrow", Line("", day=date(2026, 11, 18))),
        ("+2w", Line("", day=date(2026, 12, 1))),
        ("3/14", Line("", day=date(2027, 3, 14))),
        ("thu 10:15", Line("", day=date(2026, 11, 19), minute=615)),
    ],
)
def test_a_line_and_what_it_means_first(typed: str, meant: Line) -> None:
    assert first(typed) == meant


@pytest.mark.parametrize(
    ("typed", "course", "count", "weekdays"),
    [
        ("okafor 6 iv", "IV6", 6, frozenset()),
        ("okafor 6 iv tue fri am", "IV6", 6, frozenset({TUE, FRI})),
        ("okafor 6 iv fri", "IV6", 6, frozenset({FRI})),
        ("okafor iv tuesdays fridays", "IV6", None, frozenset({TUE, FRI})),
        ("okafor iv6", "IV6", None, frozenset()),
        ("okafor 8x sp", "SP8", 8, frozenset()),
        ("okafor x12 spravato", "SP12", 12, frozenset()),
        ("okafor 8 sp tue fri", "SP8", 8, frozenset({TUE, FRI})),
        ("okafor 10 pain 9:00", "PAIN10", 10, frozenset()),
    ],
)
def test_a_course(typed: str, course: str, count: int | None, weekdays: frozenset[int]) -> None:
    meant = first(typed)
    assert (meant.course, meant.count, meant.weekdays) == (course, count, weekdays)
    assert meant.names == ("okafor",)


def test_a_bare_number_is_an_open_hour_before_it_is_a_count() -> None:
    """8 o'clock is within the hours and there is a course of 8, too: the list shows both, the hour first."""
    hour, course = readings("okafor 8 sp")[:2]
    assert (hour.minute, hour.course) == (480, "")
    assert (course.minute, course.course) == (None, "SP8")


def test_digits_beside_a_treatment_alone_are_somebodys_number_and_then_the_time() -> None:
    meant = readings("1030 sp")
    assert meant[0] == Line("", number="1030", types=SP)
    assert Line("", minute=630, types=SP) in meant


def test_no_piece_of_a_longer_number_is_a_time() -> None:
    assert [one.minute for one in readings("(512) 555 1030")] == [None]


def test_digits_are_a_time_in_a_course_too() -> None:
    meant = first("okafor 6 iv tue fri 930")
    assert (meant.course, meant.minute, meant.weekdays) == ("IV6", 570, frozenset({TUE, FRI}))


def test_a_number_at_which_the_clinic_is_closed_and_no_course_has_is_still_the_hour() -> None:
    assert first("okafor 7 sp").minute == 420


@pytest.mark.parametrize("name", ["Mar", "Tue", "Am", "Tom", "Sat", "Sp", "Con", "First", "May"])
def test_a_name_that_looks_like_a_word_stays_a_name(name: str) -> None:
    assert any(one.names == (name,) for one in readings(name))
    assert any(one.names == (name,) and one.types == SP for one in readings(f"{name} spravato"))
    assert any(one.names == (name,) and one.minute == 600 for one in readings(f"{name} 10:00"))


def test_what_a_word_means_in_the_clinic_comes_before_the_name() -> None:
    day, name = readings("tue")
    assert (day.day, day.names) == (date(2026, 11, 24), ())
    assert name.names == ("tue",)


def test_who_comes_before_a_date_when_a_visit_is_booked_and_after_it_alone() -> None:
    assert first("mar 10").day == date(2027, 3, 10)
    assert Line("", names=("mar",), minute=600) in readings("mar 10")
    assert Line("", day=date(2027, 3, 10), types=SP) in readings("mar 10 sp")


def test_a_prescriber_cannot_be_wished_for() -> None:
    assert all(one.nurse_id is None for one in readings("okafor con with lin"))


@pytest.mark.parametrize(
    ("typed", "unknown"), [("okafor 99 sp", "99"), ("okafor ? 10", "?"), ("10 11", "11")]
)
def test_what_is_not_known_is_kept_with_its_place(typed: str, unknown: str) -> None:
    (part,) = read_line(typed, TODAY, KNOWN)[0].unknown
    assert part.text == typed[part.start : part.end] == unknown


def test_a_count_that_no_course_has_is_not_known() -> None:
    assert [one.text for one in read_line("okafor 25 sp", TODAY, KNOWN)[0].unknown] == ["25"]


def test_nothing_typed_means_nothing() -> None:
    assert read_line("  , ", TODAY, KNOWN) == ()


def test_only_a_time_is_told_from_what_books() -> None:
    assert read_line("thu 10:15", TODAY, KNOWN)[0].only_when
    assert not read_line("thu 10:15", TODAY, KNOWN)[0].books
    assert read_line("okafor 10:15", TODAY, KNOWN)[0].books
    assert not read_line("okafor", TODAY, KNOWN)[0].books


WORDS = st.one_of(
    st.sampled_from(
        ["mar", "10", "sp", "6", "iv", "tue", "fri", "am", "+2w", "3/14", "with", "maya", "inf", "2", "at",
         "4/12/1984", "(512)", "555-0142", "x8", "10:15", "1030", "2", "pm", "84", "?", "in", "weeks", "dec",
         "٣"]
    ),
    st.text(max_size=6),
)  # fmt: skip


@given(st.lists(WORDS, max_size=9).map(" ".join))
@example("9" * 5000)
@example("x" * 5000)
@example("tue " * 40)
@example("2/29/1900 2/29/03 13/13/1313")
def test_it_never_raises_and_every_word_is_accounted_for_exactly_once(text: str) -> None:
    for line in read_line(text, TODAY, KNOWN):
        told = " ".join(text[one.start : one.end] for one in line.parts)
        assert told.replace(",", " ").replace(";", " ").split() == (
            text.replace(",", " ").replace(";", " ").split()
        )
        assert [one.start for one in line.parts] == sorted(one.start for one in line.parts)
        assert all(one.end <= other.start for one, other in zip(line.parts, line.parts[1:], strict=False))
        assert line.names == tuple(one.text for one in line.parts if one.kind is Kind.NAME)


@given(st.text())
def test_any_text_at_all_is_read(text: str) -> None:
    assert bool(read_line(text, TODAY, KNOWN)) == bool(text.replace(",", " ").replace(";", " ").split())
