"""Frozen records read and copied quickly: what every entry does to a dozen records of some forty fields."""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")
Getter = Callable[[Any], tuple[Any, ...]]
Setter = Callable[[Any, Any], None]


@cache
def field_names(kind: type) -> tuple[str, ...]:
    """The fields of a record kind, in order."""
    return tuple(one.name for one in fields(kind))


def values_of(record: object) -> dict[str, Any]:
    """Each field of a record with its value, in order."""
    kind: type = record.__class__
    return dict(zip(field_names(kind), _getter(kind)(record), strict=True))


def changed(record: T, **new: Any) -> T:  # noqa: ANN401 - any field of any record
    """A copy with other values in some fields: ``dataclasses.replace`` at a third of its cost.

    For records with slots whose fields are all there is to them, which is every kind that is stored. Raises
    ``TypeError`` for another kind, ``KeyError`` for a field that it has not.
    """
    kind: type = record.__class__
    places, fill = _slots(kind)
    values = list(_getter(kind)(record))
    for name, value in new.items():
        values[places[name]] = value
    made: T = object.__new__(kind)
    for put, value in zip(fill, values, strict=True):
        put(made, value)
    return made


@cache
def _getter(kind: type) -> Getter:
    first, *others = field_names(kind)
    if others:
        return attrgetter(first, *others)
    return lambda record: (getattr(record, first),)


@cache
def _slots(kind: type) -> tuple[dict[str, int], tuple[Setter, ...]]:
    if not hasattr(kind, "__slots__") or hasattr(kind, "__post_init__"):
        raise TypeError(f"{kind.__name__} is more than its fields: use dataclasses.replace")
    names = field_names(kind)
    # A frozen record is filled through its slots: its own constructor asks leave for each field.
    return {name: at for at, name in enumerate(names)}, tuple(getattr(kind, name).__set__ for name in names)
