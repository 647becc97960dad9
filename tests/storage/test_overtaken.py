"""On a server two desks write at once: what a desk read before it waited must not be what it writes by."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.courses import book_course
from clinic_desktop.scheduling.model import Closure, Visit
from tests.overtaking import OtherDesk
from tests.scheduling.test_changing import course_wish
from tests.small_clinic import MONDAY, SmallClinic

Begins = Callable[[Callable[[], object]], OtherDesk]


@pytest.fixture
def clinic(kept_clinic: SmallClinic) -> SmallClinic:
    return kept_clinic


@pytest.fixture
def other_desk(clinic: SmallClinic) -> Iterator[Begins]:
    with ThreadPoolExecutor(1) as pool:
        yield lambda work: OtherDesk(clinic, pool, work)


def visits(clinic: SmallClinic) -> list[Visit]:
    with clinic.store.read() as records:
        return records.find(Visit)


def one_visit(clinic: SmallClinic) -> object:
    return book(clinic.store, clinic.desk, clinic.wish())


def a_course(clinic: SmallClinic) -> object:
    return book_course(clinic.store, clinic.desk, course_wish(clinic, (0, 3, 7)))


@pytest.mark.parametrize("books", [one_visit, a_course])
def test_nothing_is_booked_by_the_set_up_of_before_it_waited(
    clinic: SmallClinic, other_desk: Begins, books: Callable[[SmallClinic], object]
) -> None:
    desk = other_desk(lambda: books(clinic))
    manager = Actor(clinic.lin.id, frozenset({Role.MANAGER}), "office")
    with clinic.store.write(manager) as unit:
        unit.lock_all_days()
        unit.add(Closure(from_day=MONDAY, to_day=MONDAY, reason="Burst pipe"))
        desk.goes()
        unit.commit()
    assert isinstance(desk.answer, Refusal)
    assert visits(clinic) == []
