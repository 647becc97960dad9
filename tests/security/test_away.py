"""Coming in while the server is away, and what the trail hears of it afterwards."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.people.model import Staff
from clinic_desktop.security import accounts, giving_accounts, own_account, vault
from clinic_desktop.security.audit import Asked, View, record_views
from clinic_desktop.security.away import AwayDoor, KeptDeed
from clinic_desktop.security.outage_key import outage_key
from clinic_desktop.security.sealed_files import Journal
from clinic_desktop.security.tries import NotLetIn, OtherPassword
from tests.accounts import with_own_password
from tests.damage_to_a_file import with_its_end_damaged
from tests.small_clinic import build
from tests.storage.conftest import beside

WORDS = "violet tractor seven"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    monkeypatch.setattr(vault, "COST", {"iterations": 1, "memory_kib": 8})


class Desk:
    def __init__(self, tmp_path):
        self.clinic = build(tmp_path)
        self.store, self.door = self.clinic.store, AwayDoor(tmp_path / "kept")
        with self.store.write(PROGRAM) as unit:
            head = unit.add(Staff(name="Rosa Diaz", initials="RD", roles=frozenset({Role.MANAGER})))
            self.ines = unit.add(Staff(name="Ines Park", initials="IP", roles=frozenset({Role.NURSE})))
            unit.commit()
        self.head = Actor(head.id, head.roles, "desk")
        giving_accounts.make_first_manager(self.store, "desk", head.id, "granite lamp window")
        self.nurse = with_own_password(self.store, self.head, self.ines.id, WORDS, "desk")
        self.door.admit(self.store, self.nurse, WORDS)

    def enter(self, typed):
        return self.door.enter(self.ines.id, typed, "desk", self.clinic.clock.now())


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    yield made
    made.store.close()


def test_the_password_lets_in_with_the_roles_of_then_and_the_clinics_key(desk):
    actor, key = desk.enter(WORDS)
    assert actor == desk.nurse
    assert key == outage_key(desk.store, PROGRAM)


def test_what_a_program_told_that_ended_meanwhile_is_told_once(desk, monkeypatch):
    """It had told them, and was ended before it could strike them out here."""
    with pytest.raises(NotLetIn):
        desk.enter("granite window lamp")
    _, key = desk.enter(WORDS)
    for _ in range(2):
        with monkeypatch.context() as dying:
            dying.setattr(Journal, "renew", lambda *_: None)
            dying.setattr(AwayDoor, "_write", lambda *_: None)
            desk.door.give_back(desk.store, key)
    desk.door.give_back(desk.store, key)
    with desk.store.read() as records:
        rows = records.rows("SELECT action, after FROM audit WHERE after LIKE ? ORDER BY id", ["%happened%"])
    assert [action for action, _ in rows] == [Deed.SIGNED_IN, Deed.NOT_LET_IN]


def test_wrong_tries_wait_as_with_the_server_also_in_a_program_that_was_started_anew(desk, tmp_path):
    for _ in range(2):
        with pytest.raises(NotLetIn) as refused:
            desk.enter("granite window lamp")
        assert not refused.value.wait
    with pytest.raises(NotLetIn) as refused:
        desk.enter("granite window lamp")
    assert refused.value.wait == timedelta(seconds=15)
    desk.door = AwayDoor(tmp_path / "kept")
    with pytest.raises(NotLetIn):
        desk.enter(WORDS)
    desk.clinic.clock.at -= timedelta(hours=1)  # a clock that is set back shortens nothing
    with pytest.raises(NotLetIn):
        desk.enter(WORDS)
    desk.clinic.clock.at += timedelta(hours=1, seconds=15)
    assert desk.enter(WORDS)[0] == desk.nurse


def test_a_clock_that_was_wrong_by_a_year_keeps_nobody_out_longer_than_the_wait(desk):
    clock = desk.clinic.clock
    clock.at += timedelta(days=365)
    for _ in range(3):
        with pytest.raises(NotLetIn):
            desk.enter("granite window lamp")
    clock.at -= timedelta(days=365)
    with pytest.raises(NotLetIn) as refused:
        desk.enter(WORDS)
    assert refused.value.wait == timedelta(seconds=15)
    clock.at += timedelta(seconds=15)
    assert desk.enter(WORDS)[0] == desk.nurse


def test_somebody_who_has_no_slot_here_takes_back_no_try_of_others(desk, monkeypatch):
    opens = vault.Vault.open

    def meanwhile(self, staff_id, password):
        if staff_id == 77:
            with pytest.raises(NotLetIn):
                desk.enter("granite window lamp")
        return opens(self, staff_id, password)

    monkeypatch.setattr(vault.Vault, "open", meanwhile)
    with pytest.raises(EnvironmentFailure):
        desk.door.enter(77, WORDS, "desk", desk.clinic.clock.now())
    tries = json.loads((desk.door.folder / "tries.json").read_text())
    assert tries[str(desk.ines.id)]["failures"] == 1
    assert "77" not in tries


def test_a_try_counts_before_it_is_judged(desk, monkeypatch):
    monkeypatch.setattr(vault.Vault, "open", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        desk.enter("granite window lamp")
    assert json.loads((desk.door.folder / "tries.json").read_text())[str(desk.ines.id)]["failures"] == 1


def test_who_never_signed_in_here_is_told_so_and_a_damaged_list_lets_nobody_in(desk):
    with pytest.raises(EnvironmentFailure, match="signed in with a password on this computer"):
        desk.door.enter(77, WORDS, "desk", desk.clinic.clock.now())
    (desk.door.folder / "tries.json").write_text("[")
    with pytest.raises(EnvironmentFailure, match="damaged"):
        desk.enter(WORDS)


@pytest.mark.parametrize("change", ["password", "roles", "closed"])
def test_the_next_contact_forgets_whose_account_is_another_now(desk, change):
    desk.door.look_again(desk.store)
    assert [one.staff_id for one in desk.door.people()] == [desk.ines.id]
    if change == "password":
        own_account.set_password(desk.store, desk.nurse, WORDS, "granite window lamp")
    elif change == "closed":
        giving_accounts.close_account(desk.store, desk.head, desk.ines.id)
    else:
        with desk.store.write(PROGRAM) as unit:
            unit.save(replace(unit.get(Staff, desk.ines.id), roles=frozenset({Role.RECEPTIONIST})))
            unit.commit()
    desk.door.look_again(desk.store)
    assert desk.door.people() == []


def test_whose_role_is_to_have_a_second_factor_now_does_not_come_in_by_the_password_alone(desk):
    with desk.store.write(PROGRAM) as unit:
        clinic = unit.setup().clinic
        unit.save(replace(clinic, policies=replace(clinic.policies, factor_roles=frozenset({Role.NURSE}))))
        unit.commit()
    desk.door.look_again(desk.store)
    with pytest.raises(EnvironmentFailure):
        desk.enter(WORDS)
    desk.door.admit(desk.store, desk.nurse, WORDS)  # who was let in just before it was asked for
    assert desk.door.people() == []


def test_a_password_that_was_replaced_since_the_sign_in_opens_nothing_here(desk):
    """At another desk, between the sign-in and what is kept of it: nobody would forget it again."""
    new = "granite window lamp"
    own_account.set_password(desk.store, desk.nurse, WORDS, new)
    desk.door.admit(desk.store, desk.nurse, WORDS)
    desk.door.look_again(desk.store)
    with pytest.raises(EnvironmentFailure):
        desk.enter(WORDS)
    desk.door.admit(desk.store, desk.nurse, new)
    assert desk.enter(new)[0] == desk.nurse


def test_who_came_in_here_by_a_password_that_is_another_by_now_is_known_once_the_server_is_back(desk):
    inside, _ = desk.enter(WORDS)
    assert accounts.renewed(desk.store, inside) == inside
    own_account.set_password(desk.store, replace(desk.nurse, desk="other"), WORDS, "granite window lamp")
    with pytest.raises(OtherPassword):
        accounts.renewed(desk.store, inside)


def test_what_an_earlier_version_kept_lets_in(desk, monkeypatch):
    seal = vault.seal

    def before(key, inside, about):
        without = {name: value for name, value in json.loads(inside).items() if name != "came_by"}
        return seal(key, json.dumps(without).encode(), about)

    monkeypatch.setattr(vault, "seal", before)
    desk.door.admit(desk.store, desk.nurse, WORDS)
    inside, _ = desk.enter(WORDS)
    assert inside.came_by == ""
    assert accounts.renewed(desk.store, inside).came_by == desk.nurse.came_by


def test_a_password_of_a_managers_choice_opens_nothing_here(desk):
    giving_accounts.reset_password(desk.store, desk.head, desk.ines.id, "maple bucket lantern")
    desk.door.look_again(desk.store)
    desk.door.admit(desk.store, desk.nurse, "maple bucket lantern")
    assert desk.door.people() == []
    for typed in ("maple bucket lantern", WORDS):
        with pytest.raises(EnvironmentFailure, match="has signed in with a password on this computer"):
            desk.enter(typed)
    own = accounts.choose_password(desk.store, "desk", desk.ines.id, "maple bucket lantern", WORDS)
    desk.door.admit(desk.store, own, WORDS)
    assert desk.enter(WORDS)[0] == desk.nurse


def test_what_happened_at_the_door_is_in_the_trail_once_with_its_own_time(desk):
    with pytest.raises(NotLetIn):
        desk.enter("granite window lamp")
    actor, key = desk.enter(WORDS)
    then = desk.clinic.clock.now()
    desk.door.keep(KeptDeed(Deed.LOCKED, actor, actor.person_id, then), key)
    desk.clinic.clock.at += timedelta(hours=2)
    for _ in range(2):
        desk.door.give_back(desk.store, key)
    told = deeds(desk)
    assert [one[0] for one in told] == ["signed in", "locked", "not let in"]
    assert {one[2]["happened"] for one in told} == {then.isoformat()}
    assert {one[2]["meanwhile"] for one in told} == {"the server was away"}
    assert [one[1] for one in told] == [actor.person_id, actor.person_id, 0]


def test_who_was_looked_at_is_in_the_trail_once_with_its_own_time_also_where_it_was_written_already(desk):
    actor, key = desk.enter(WORDS)
    then, amara, noah = desk.clinic.clock.now(), desk.clinic.amara.id, desk.clinic.noah.id
    views = [View(actor, amara, then, "page"), View(actor, noah, then, "history")]
    desk.door.keep_views(key, views)
    record_views(desk.store, views[:1])  # the server went away while it was written, and had it
    desk.clinic.clock.at += timedelta(hours=2)
    for _ in range(2):
        AwayDoor(desk.door.folder).give_back(desk.store, key)  # as in a program that was started anew
    with desk.store.read() as records:
        lines = records.trail_lines(Asked(actions=(Deed.VIEWED.value,)))
    seen = sorted((one.record_id, one.person_id, one.kind, json.loads(one.after)["at"]) for one in lines)
    at = then.isoformat(timespec="seconds")
    assert seen == sorted((one, actor.person_id, "patient", at) for one in (amara, noah))
    assert [one[2]["where"] for one in deeds(desk) if one[0] == "viewed"] == ["history"]


def test_a_list_of_the_door_that_is_damaged_keeps_nobody_out_and_nothing_of_it_is_lost(desk):
    _, key = desk.enter(WORDS)
    file = desk.door.folder / "kept deeds"
    damaged = b"\xff" + file.read_bytes()[1:]
    file.write_bytes(damaged)
    assert desk.enter(WORDS)[0] == desk.nurse
    (aside,) = desk.door.folder.glob("kept deeds set aside *")
    assert aside.read_bytes() == damaged
    desk.door.give_back(desk.store, key)
    assert [one[0] for one in deeds(desk)] == ["signed in"]


def test_kept_deeds_that_nobody_can_open_hold_nothing_back_that_came_after_them(desk):
    actor, key = desk.enter(WORDS)
    file = desk.door.folder / "kept deeds"
    damaged = with_its_end_damaged(file)
    with pytest.raises(NotLetIn):
        desk.enter("granite window lamp")
    desk.door.give_back(desk.store, key)
    desk.door.keep(KeptDeed(Deed.LOCKED, actor, actor.person_id, desk.clinic.clock.now()), key)
    desk.door.give_back(desk.store, key)
    assert [one[0] for one in deeds(desk)] == ["not let in", "locked"]
    assert [one.read_bytes() for one in desk.door.folder.glob("kept deeds*")] == [damaged]


def deeds(desk):
    with beside(desk.store.where) as direct:
        rows = direct.run(
            "SELECT action, person_id, after FROM audit WHERE after LIKE '%meanwhile%' ORDER BY id"
        )
    return [(action, person, json.loads(after)) for action, person, after in rows]
