"""Every use case asks for its right before the store is opened, whoever calls it; and a refusal says which
one is missing, who has it and who can grant it."""

import inspect
from datetime import UTC, datetime
from functools import partial

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.errors import RightMissing
from clinic_desktop.people.model import DrugMovement, Moved
from clinic_desktop.security.rights import BUNDLES, EMERGENCY, Right, require
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record, right_for
from clinic_desktop.treatment.stocking import move_drugs
from tests.security.rights_table import ANYBODY, EITHER, READS, RIGHTS
from tests.security.use_cases import Opened, ShutStore, arguments, use_cases

LATER = datetime(2026, 11, 16, 23, tzinfo=UTC)
# Whoever may sit at a desk, with what they may do; the last one has every role there is, in an emergency.
EVERYBODY = [
    *((Actor(1, frozenset({role})), BUNDLES[role]) for role in Role),
    (Actor(1, frozenset()), frozenset()),
    (Actor(1, frozenset(Role), "", LATER), EMERGENCY),
]


def refused(use_case: object, *args: object, **named: object) -> str:
    """The right that is missing; empty where another thing stops it, such as a store that stays shut."""
    try:
        use_case(*args, **named)
    except RightMissing as missing:
        return missing.right
    except Exception:
        return ""
    return ""


def test_every_use_case_is_in_the_table():
    assert set(use_cases()) == {*RIGHTS, *ANYBODY, *READS}
    assert len(RIGHTS) + len(ANYBODY) + len(READS) == len(use_cases())  # each in one place


@pytest.mark.parametrize("name", RIGHTS)
def test_every_use_case_with_every_role(name):
    function, right, other = use_cases()[name], RIGHTS[name], EITHER.get(name)
    assert list(inspect.signature(function).parameters)[:2] == ["store", "actor"]
    for actor, has in EVERYBODY:
        said = refused(partial(function, **arguments(function, {"store": ShutStore(), "actor": actor})))
        assert said == ("" if right in has or other in has else right.value), (actor.roles, actor.until)


@pytest.mark.parametrize("name", sorted(READS))
def test_what_is_given_no_actor_writes_nothing(name):
    function = use_cases()[name]
    assert "actor" not in inspect.signature(function).parameters
    assert ".write(" not in inspect.getsource(function)


def test_everybody_who_is_let_in_may_view():
    """What reads without an actor rests on that."""
    assert all(Right.VIEW in bundle for bundle in (*BUNDLES.values(), EMERGENCY))


@pytest.mark.parametrize("kind", list(StampKind))
def test_every_entry_with_every_role(kind):
    for actor, has in EVERYBODY:
        right = right_for(kind) if Right.VIEW in has else Right.VIEW
        said = refused(record, ShutStore(), actor, 1, [Stamp(kind=kind)])
        assert said == ("" if right in has else right.value)


@pytest.mark.parametrize("what", list(Moved))
def test_every_line_of_the_drug_log_with_every_role(what):
    right = Right.EDIT_PATIENT if what in (Moved.RECEIVED, Moved.SENT) else Right.RECORD
    for actor, has in EVERYBODY[:-2]:
        assert refused(move_drugs, ShutStore(), actor, DrugMovement(what=what)) == (
            "" if right in has else right.value
        )


def test_a_shut_store_says_that_it_was_opened():
    """Else no cell above would prove anything."""
    for door in ("read", "write"):
        with pytest.raises(Opened):
            getattr(ShutStore(), door)(*([Actor(1, frozenset())] if door == "write" else []))


@pytest.mark.parametrize("right", list(Right))
def test_a_refusal_says_which_right_who_has_it_and_who_grants_it(right):
    with pytest.raises(RightMissing) as told:
        require(Actor(1, frozenset()), right)
    said = str(told.value)
    has = [role for role, bundle in BUNDLES.items() if right in bundle]
    assert has
    assert said.startswith(f"This needs the right to {right}. A ")
    assert all(role in said for role in has)
    assert said.endswith("A manager grants it with the role, in Set-up.")
    assert [role for role, bundle in BUNDLES.items() if Right.SET_UP in bundle] == [Role.MANAGER]


def test_an_emergency_releases_overrides_prints_and_sets_up_nothing():
    assert {Right.VIEW, Right.FLOOR, Right.RECORD} == EMERGENCY
