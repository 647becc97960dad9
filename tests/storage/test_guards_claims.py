"""Two claims on one place never overlap, whoever writes them."""

from datetime import timedelta

import psycopg
import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import ClaimKind, Override, Visit
from clinic_desktop.storage import check
from clinic_desktop.storage.tables import LONGEST_CLAIM, MINUTES, place
from tests.small_clinic import MONDAY, SmallClinic
from tests.storage.conftest import Direct, put_in_trail

NOON = 29_900_000  # some UTC minute
KINDS = (ClaimKind.ROOM, ClaimKind.PATIENT, ClaimKind.HANDS, ClaimKind.WATCH)


@pytest.fixture
def visit(clinic: SmallClinic) -> Visit:
    return book(clinic.store, clinic.desk, clinic.wish()).visits[0]


def insert(where: int, start: int, end: int, visit: int, override: int | None = None, verb="INSERT") -> str:
    values = f"{where}, {start}, {end}, {visit}, {'NULL' if override is None else override}"
    return f"{verb} INTO claim (place, starts, ends, visit_id, override_id) VALUES ({values})"


def claims(direct: Direct) -> list[object]:
    return direct.run("SELECT * FROM claim ORDER BY id")


@pytest.mark.parametrize("kind", KINDS)
def test_r1_what_overlaps_is_refused_and_what_touches_is_not(visit, direct, kind):
    """
    there   |-------|          12:00 to 13:00
    before  |--|  and across, inside, around, the same, and by one minute at either end
    """
    where = place(kind, 77)
    direct.run(insert(where, NOON, NOON + 60, visit.id))
    for start, end in ((-30, 10), (10, 50), (-30, 90), (0, 60), (59, 90), (-30, 1), (0, 1), (-1380, 1)):
        said = direct.refused(insert(where, NOON + start, NOON + end, visit.id))
        assert "claim taken" in said or "claim_taken" in said
    for start, end in ((60, 90), (-30, 0)):
        direct.run(insert(where, NOON + start, NOON + end, visit.id))
    direct.run(insert(place(kind, 78), NOON, NOON + 60, visit.id))
    assert direct.one(f"SELECT count(*) FROM claim WHERE place = {where}") == 3


def test_the_longest_claim_is_seen_from_its_last_minute(visit, direct):
    """A claim of 24 hours begins on the day before: the look back reaches exactly that far."""
    where = place(ClaimKind.ROOM, 77)
    direct.run(insert(where, NOON, NOON + LONGEST_CLAIM, visit.id))
    direct.refused(insert(where, NOON + LONGEST_CLAIM - 1, NOON + LONGEST_CLAIM + 60, visit.id))
    direct.run(insert(where, NOON + LONGEST_CLAIM, NOON + LONGEST_CLAIM + 60, visit.id))


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, LONGEST_CLAIM + 1), (0, 0), (10, 5), (-NOON - 5, -NOON + 5), (MINUTES - NOON - 5, MINUTES - NOON)],
    ids=["too long", "empty", "backwards", "before 1970", "so late that it would reach another place"],
)
def test_a_claim_has_a_sound_length_and_time(visit, direct, start, end):
    direct.refused(insert(place(ClaimKind.ROOM, 77), NOON + start, NOON + end, visit.id))


@pytest.mark.parametrize("kind", [ClaimKind.ROOM, ClaimKind.PATIENT, ClaimKind.HANDS])
def test_a_place_without_slots_is_one_place(visit, direct, kind):
    """Beside it a second visit would be in the same room at the same time."""
    before = claims(direct)
    for slot in (1, 50, 99):
        assert "one_slot" in direct.refused(insert(place(kind, 1, slot), NOON, NOON + 5, visit.id))
    assert claims(direct) == before


@pytest.mark.parametrize("where", [0, 5, place(ClaimKind.ROOM, 0) - 1, 6 * place(ClaimKind.ROOM, 0)])
def test_a_claim_is_on_a_place_there_is(visit, direct, where):
    direct.refused(insert(where, NOON, NOON + 5, visit.id))


def test_a_claim_is_never_edited(visit, direct, owner):
    before = claims(direct)
    for who in (direct, owner):
        who.refused("UPDATE claim SET starts = starts + 60, ends = ends + 60")
        who.refused("UPDATE claim SET visit_id = visit_id")
        who.refused(
            "INSERT INTO claim SELECT * FROM claim WHERE true ON CONFLICT (id) DO UPDATE SET visit_id = 1"
        )
    assert claims(direct) == before


def test_a_claim_is_never_put_in_the_place_of_another(file_clinic, file_direct):
    book(file_clinic.store, file_clinic.desk, file_clinic.wish())
    before = claims(file_direct)
    for verb in ("INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"):
        file_direct.refused(f"{verb} INTO claim SELECT * FROM claim")
        file_direct.refused(
            f"{verb} INTO claim (id, place, starts, ends, visit_id)"
            f" SELECT id, place + 1000, starts, ends, visit_id FROM claim"
        )
        file_direct.refused(
            f"{verb} INTO claim (place, starts, ends, visit_id)"
            " SELECT place, starts, ends, visit_id FROM claim"
        )
    file_direct.refused("UPDATE OR REPLACE claim SET id = 1")
    assert claims(file_direct) == before


def test_an_overflow_place_belongs_to_its_override(clinic, visit, direct):
    with clinic.store.write(PROGRAM) as unit:
        override = unit.add(Override(visit_id=visit.id, rule="room", reason="two short visits"))
        unit.commit()
    own = place(ClaimKind.OVERFLOW, override.id)
    direct.refused(insert(own, NOON, NOON + 60, visit.id))  # no override named
    direct.refused(insert(own + 100, NOON, NOON + 60, visit.id, override.id))  # another's place
    direct.refused(
        insert(place(ClaimKind.ROOM, 1), NOON, NOON + 60, visit.id, override.id)
    )  # no overflow place
    direct.run(insert(own, NOON, NOON + 60, visit.id, override.id))
    direct.refused(insert(own, NOON + 30, NOON + 90, visit.id, override.id))
    direct.run(insert(own + 1, NOON + 30, NOON + 90, visit.id, override.id))


def test_a_server_takes_no_place_for_a_visit_unsaid(server_clinic, server_direct):
    """It would be taken for everybody, and no row would say by whom."""
    clinic = server_clinic
    (visit,) = book(clinic.store, clinic.desk, clinic.wish()).visits
    before = claims(server_direct)
    for where in (
        place(ClaimKind.ROOM, visit.room_id + 1),
        place(ClaimKind.PATIENT, clinic.noah.id),
        place(ClaimKind.HANDS, clinic.tunde.id),
        place(ClaimKind.WATCH, clinic.tunde.id),
    ):
        said = server_direct.refused_silent(insert(where, visit.start, visit.end, visit.id))
        assert f"places taken unsaid: visit {visit.id}" in said
    later = visit.end + 2 * LONGEST_CLAIM
    own = insert(place(ClaimKind.ROOM, visit.room_id), later, later + 60, visit.id)
    assert "places taken unsaid" in server_direct.refused_silent(own)
    line = server_direct.connection
    line.execute("BEGIN")
    line.execute(own)  # that somebody looked at the visit is no change of it
    put_in_trail(line, "viewed", "visit", [(visit.id, "{}")], change_number=0, fed=False)
    with pytest.raises(psycopg.Error, match="places taken unsaid"):
        line.execute("COMMIT")
    assert claims(server_direct) == before


def test_a_server_takes_no_place_from_a_visit_unsaid(server_clinic, server_direct):
    """It would look free, and be booked over."""
    clinic, line = server_clinic, server_direct.connection
    (visit,) = book(clinic.store, clinic.desk, clinic.wish()).visits
    wish = clinic.wish(day=MONDAY + timedelta(days=3), nurse_id=clinic.tunde.id)
    (other,) = book(clinic.store, clinic.desk, wish).visits
    with clinic.store.write(PROGRAM) as unit:
        override = unit.add(Override(visit_id=other.id, rule="room", reason="two short visits"))
        unit.commit()
    before = claims(server_direct)
    one = f"visit_id = {visit.id} AND place = (SELECT min(place) FROM claim)"
    columns = "place, starts, ends, visit_id"
    move = f"INSERT INTO claim ({columns}) SELECT {columns.replace('starts', 'starts + {}')} FROM gone"
    for sql in (
        "DELETE FROM claim",
        f"DELETE FROM claim WHERE {one}",
        f"WITH gone AS (DELETE FROM claim WHERE {one} RETURNING *) {move.format(5)}",
        # Into the overflow place of another visit.
        f"WITH gone AS (DELETE FROM claim WHERE {one} RETURNING *) INSERT INTO claim ({columns}, override_id)"
        f" SELECT {place(ClaimKind.OVERFLOW, override.id)}, starts, ends, visit_id, {override.id} FROM gone",
    ):
        assert "places given up unsaid" in server_direct.refused_silent(sql)
        assert claims(server_direct) == before
    line.execute("BEGIN")  # where it has the same place again, nothing was given up
    line.execute("CREATE TEMP TABLE gone AS SELECT * FROM claim")
    line.execute("DELETE FROM claim")
    line.execute(move.format(0))
    line.execute("COMMIT")
    assert check.findings(clinic.store.where) == []
