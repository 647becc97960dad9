"""Two changes of one record are brought together: nothing is lost silently, nothing else is touched."""

from dataclasses import dataclass, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.foundation.both_changed import Clash, Joined, Side, joined


@dataclass(frozen=True, slots=True)
class Inner:
    left: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Thing:
    id: int = 1
    version: int = 1
    a: int = 0
    b: int = 0
    whole: Inner = Inner()
    part: Inner = Inner()


NAMES = ("a", "b", "whole", "part.left", "part.right")
few = st.integers(0, 2)
inner = st.builds(Inner, few, few)
things = st.builds(Thing, a=few, b=few, whole=inner, part=inner)
sides = st.fixed_dictionaries({name: st.sampled_from(Side) for name in NAMES})
OTHER = {Side.MINE: Side.THEIRS, Side.THEIRS: Side.MINE}


def at(thing: Thing, name: str) -> object:
    value: object = thing
    for step in name.split("."):
        value = getattr(value, step)
    return value


def of(base: Thing, mine: Thing, theirs: Thing) -> Joined[Thing]:
    return joined(base, mine, theirs, into={"part"})


@given(things, things, things, sides)
def test_every_field_is_what_its_only_changer_made_it_or_what_was_decided(base, mine, theirs, choices):
    both = of(base, mine, theirs)
    made, open_ones = both.decided(choices), {one.name for one in both.clashes}
    for name in NAMES:
        was, my, their = (at(one, name) for one in (base, mine, theirs))
        if name in open_ones:
            assert my != was != their != my, "only what both changed, and differently, is asked"
            assert at(made, name) == (my if choices[name] is Side.MINE else their)
        elif my != was:
            assert at(made, name) == my, "mine is lost"
        else:
            assert at(made, name) == their, "theirs is lost, or what nobody touched was"


@given(things, things, things, sides)
def test_both_desks_come_to_the_same_record(base, mine, theirs, choices):
    there = {name: OTHER[side] for name, side in choices.items()}
    one, other = of(base, mine, theirs), of(base, theirs, mine)
    assert one.decided(choices) == other.decided(there)
    assert tuple(one.only_mine) == other.only_theirs
    assert [clash.name for clash in one.clashes] == [clash.name for clash in other.clashes]


@given(things, things)
def test_where_one_side_alone_changed_nobody_is_asked(base, other):
    for both in (of(base, other, base), of(base, base, other), of(base, other, other)):
        assert both.clashes == ()
        assert both.decided({}) == other


@given(things, things, things)
def test_the_version_that_is_written_over_is_the_one_that_stands(base, mine, theirs):
    both = of(base, replace(mine, id=9, version=1), replace(theirs, version=4))
    assert (both.typed_stays.id, both.typed_stays.version) == (1, 4)


def test_nothing_is_decided_by_itself():
    both = of(Thing(), Thing(a=1, b=1), Thing(a=2))
    assert both.clashes == (Clash("a", 0, 1, 2),)
    with pytest.raises(ValueError, match="not decided: a"):
        both.decided({})
    assert both.decided({"a": Side.THEIRS}) == Thing(a=2, b=1)
    assert both.typed_stays == Thing(a=1, b=1)


def test_half_of_one_value_is_never_mixed_with_half_of_another():
    both = of(Thing(), Thing(whole=Inner(1, 0), part=Inner(1, 0)), Thing(whole=Inner(0, 1), part=Inner(0, 1)))
    assert [one.name for one in both.clashes] == ["whole"]
    assert both.typed_stays.part == Inner(1, 1)


def test_every_field_is_looked_at():
    assert {one.partition(".")[0] for one in NAMES} | {"id", "version"} == {one.name for one in fields(Thing)}
