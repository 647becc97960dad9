"""A day that changed is read anew, whatever pages are turned meanwhile."""

from datetime import date

import pytest

from clinic_desktop.ui import operations
from clinic_desktop.ui.board.day_book import DayBook
from clinic_desktop.ui.board.reading import DayRead

MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)


@pytest.fixture
def book(qtbot, qapp):
    """A book in which the reading of every day has a number."""
    reads = iter(range(1, 100))

    def read(_store, first, _last):
        return {first: DayRead(first, (next(reads),))}

    made = DayBook(None, qapp, read)
    made.calm = lambda: qtbot.waitUntil(lambda: not operations.running_count())
    made.want([MONDAY])
    made.calm()
    return made


def number(book, day):
    ((n,),) = [one.visits for one in book.rows([day])]
    return n


def test_turning_to_the_same_day_does_not_lose_the_news(book):
    book.renew([MONDAY])
    book.want([MONDAY])
    assert not book.fresh([MONDAY])
    book.calm()
    assert number(book, MONDAY) > 1
    assert book.fresh([MONDAY])


def test_what_is_kept_is_shown_until_the_news_are_here(book, qtbot):
    shown = []
    book.arrived.connect(lambda: shown.append(number(book, MONDAY)))
    book.renew([MONDAY])
    book.want([MONDAY])
    assert shown == [1]
    book.calm()
    assert shown[-1] > 1


def test_a_day_left_while_it_is_read_anew_is_read_when_one_comes_back(book):
    book.want([TUESDAY])
    book.calm()
    book.want([MONDAY])
    book.renew([MONDAY])
    book.want([TUESDAY])
    book.calm()
    book.want([MONDAY])
    book.calm()
    assert number(book, MONDAY) > 1


def test_a_fresh_day_is_not_read_again(book):
    book.want([MONDAY])
    book.calm()
    assert number(book, MONDAY) == 1
