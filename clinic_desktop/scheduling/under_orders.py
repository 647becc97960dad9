"""Which order a treatment is given under, how many visits each has used, and which weeks need one.

What an order has used is counted from the visits, never kept: a dose that is struck out gives its visit back.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from clinic_desktop.foundation.clock import local_day
from clinic_desktop.people.model import Order
from clinic_desktop.people.orders import in_force, is_stopped, standing_orders, unsettled_orders, written
from clinic_desktop.scheduling.model import Visit

ORDER_FROM_WEEK = 9  # of Spravato: from then on every one or two weeks, as the prescriber orders


def used(visits: Iterable[Visit]) -> Counter[int]:
    """Order -> how many of these visits were dosed under it."""
    return Counter(one.order_id for one in visits if one.order_id is not None)


def counted_orders(orders: Iterable[Order], day: date) -> list[int]:
    """Those of which the visits have to be counted to know whether they are in force on a day."""
    return [one.id for one in orders if one.visits is not None and in_force(one, day, {})]


def order_for(visit: Visit, orders: Iterable[Order], given: Mapping[int, int]) -> Order | None:
    """The order (of its treatment) that a visit is given under: the one it was dosed under, else the one
    that is in force on its day. None when no order covers it, or when it is not settled which does."""
    known = list(orders)
    if visit.order_id is not None:
        return next((one for one in known if one.id == visit.order_id), None)
    if unsettled_for(visit, known, given):
        return None
    there = (one for one in known if _written_on(one, visit) <= visit.day)
    return next(iter(standing_orders(there, visit.day, given)), None)


def last_order(visit: Visit, orders: Iterable[Order]) -> Order | None:
    """The order (of its treatment) that was written last by the day of a visit: what it does not allow, none
    does. Where that one was stopped it is as if there were none."""
    there = (one for one in orders if _written_on(one, visit) <= visit.day)
    newest = max(there, key=written, default=None)
    return None if newest is None or is_stopped(newest) else newest


def unsettled_for(visit: Visit, orders: Iterable[Order], given: Mapping[int, int]) -> list[Order]:
    """The orders (of its treatment) of which a prescriber must say which one a visit is to be given under."""
    if visit.order_id is not None:
        return []
    there = (one for one in orders if _written_on(one, visit) <= visit.day)
    return unsettled_orders(there, visit.day, given)


def _written_on(order: Order, visit: Visit) -> date:
    return local_day(order.ordered_at, visit.zone) if order.ordered_at else date.min


def week_of(visit: Visit, treated: Iterable[Visit]) -> int:
    """The week of treatment, in blocks of seven days from the first of the visits that stand."""
    first = min((one.day for one in treated if one.day <= visit.day), default=visit.day)
    return (visit.day - first).days // 7 + 1
