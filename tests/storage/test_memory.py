"""A clinic that was closed leaves nothing in memory: a desk that runs for months opens one after another."""

import gc
import weakref
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.reports.usage import usage_for
from clinic_desktop.scheduling.booking import book
from clinic_desktop.storage import check
from clinic_desktop.storage.engine import open_engine
from clinic_desktop.storage.store import open_store
from tests.small_clinic import MONDAY, SmallClinic, build

_OURS = ("clinic_desktop.", "sqlalchemy.", "sqlite3.", "psycopg.")


def live() -> Counter[str]:
    """How many objects of the program and of its databases' libraries there are, by type."""
    gc.collect()
    kinds = Counter(type(one) for one in gc.get_objects())
    # A class may have a __module__ that is no word: as what it describes has one.
    names = {kind: f"{type.__getattribute__(kind, '__module__')}.{kind.__qualname__}" for kind in kinds}
    return Counter({names[kind]: n for kind, n in kinds.items() if names[kind].startswith(_OURS)})


def a_clinic_comes_and_goes(folder: Path) -> None:
    """It is written to, read, added up, checked and closed."""
    clinic = build(folder, open_store)
    book(clinic.store, clinic.desk, clinic.wish())
    manager = Actor(clinic.lin.id, frozenset({Role.MANAGER}), "office")
    assert usage_for(clinic.store, manager, MONDAY, MONDAY).rooms
    clinic.store.close()
    assert check.findings(folder / "clinic.sqlite") == []


def test_clinics_that_were_closed_leave_nothing_behind(tmp_path: Path) -> None:
    for number in range(2):  # until all that is kept once is there
        a_clinic_comes_and_goes(tmp_path / f"{number}")
    before = live()
    for number in range(2, 5):
        a_clinic_comes_and_goes(tmp_path / f"{number}")
    assert live() - before == {}


@pytest.mark.parametrize("disposed", [False, True])
def test_an_engine_ends_with_the_last_hold_on_it_and_its_lines_with_it(
    clinic: SmallClinic, disposed: bool
) -> None:
    """Once it was connected its own pool knows it, and nothing that outlives it may know the pool."""
    engine = open_engine(clinic.store.where)
    lines = used(engine)
    if disposed:
        engine.dispose()
        lines += used(engine)
    ended = weakref.ref(engine)
    del engine
    gc.collect()
    assert ended() is None
    for line in lines:
        with pytest.raises(Exception, match="closed"):
            line.execute("SELECT 1")


def used(engine: Engine) -> list[Any]:
    """Two at once read through it; the driver's lines that wait in it since then."""
    with engine.connect() as one, engine.connect() as other:
        one.execute(text("SELECT 1"))
        return [line.connection.driver_connection for line in (one, other)]
