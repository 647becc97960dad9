"""Answers that are kept are the answers that come back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.actor import Role
from clinic_desktop.scheduling.model import ClinicPhone, OpenHours, Room
from clinic_desktop.scheduling.set_up_new import Answers, NewPerson
from clinic_desktop.ui.first_run.draft import gone_on, kept

words = st.text(max_size=12)
answers = st.builds(
    Answers,
    name=words,
    address=words,
    zone=words,
    phones=st.lists(st.builds(ClinicPhone, words, words, words), max_size=2).map(tuple),
    hours=st.lists(
        st.builds(OpenHours, st.integers(0, 6), st.integers(0, 700), st.integers(701, 1440)), max_size=3
    ).map(tuple),
    rooms=st.lists(
        st.builds(Room, name=words, fits=st.frozensets(st.sampled_from(["iv", "im"]))), max_size=3
    ).map(tuple),
    people=st.lists(
        st.builds(NewPerson, words, st.frozensets(st.sampled_from(list(Role))), words), max_size=3
    ).map(tuple),
)


@given(answers)
def test_they_come_back_as_they_were(given_answers: Answers) -> None:
    assert gone_on(kept(given_answers)) == given_answers


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"rooms": 7}', '{"people": [{"roles": ["king"]}]}'])
def test_what_is_no_draft_is_none(text: str) -> None:
    assert gone_on(text) is None
