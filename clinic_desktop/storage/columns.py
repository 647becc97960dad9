"""How the fields of a record become columns: one type per kind of value, the same on both databases."""

import types
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from cattrs.preconf.json import make_converter
from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Integer, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

from clinic_desktop.foundation.records import field_names
from clinic_desktop.foundation.secrets import Secret

CONVERTER = make_converter()
_FROZENSET: Any = frozenset
_EMPTY: tuple[object, ...] = ((), frozenset())


class Day(TypeDecorator[date]):
    """A local date as ISO text: sorts right and reads right. A server is not to compare it by the rules of a
    language: that takes several times as long, for the same answer."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return Text(collation="C") if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's form
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:  # noqa: ARG002 - SQLAlchemy's form
        return None if value is None else date.fromisoformat(value)


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime as whole seconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's form
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant without a zone means another moment on another computer")
        return None if value is None else int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's form
        return None if value is None else datetime.fromtimestamp(value, UTC)


class Word(TypeDecorator[StrEnum]):
    """One word of a closed list."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's form
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002 - SQLAlchemy's form
        return None if value is None else self.words(value)


class Hidden(TypeDecorator[Secret]):
    """A secret's text, which leaves the database for the record alone."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Secret | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's form
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Secret | None:  # noqa: ARG002 - SQLAlchemy's form
        return None if value is None else Secret(value)


class Compound(TypeDecorator[Any]):
    """A value made of parts, as JSON text."""

    impl = Text
    cache_ok = True

    def __init__(self, shape: Any) -> None:  # noqa: ANN401 - any type form that cattrs knows
        super().__init__()
        self.shape = shape

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ANN401, ARG002 - SQLAlchemy's form
        return None if value is None else to_json(value, self.shape)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 - SQLAlchemy's form
        return None if value is None else CONVERTER.loads(value, self.shape)


def to_json(value: object, shape: Any) -> str:  # noqa: ANN401 - any type form that cattrs knows
    """The same value gives the same text: sets are sorted, letters stay as they are."""
    if value in _EMPTY:
        return "[]"  # most of them are
    return CONVERTER.dumps(value, shape, sort_keys=True, ensure_ascii=False)


def _is_frozenset(shape: Any) -> bool:  # noqa: ANN401 - any type form that cattrs knows
    return get_origin(shape) is _FROZENSET


# A mapping of plain values, such as a sheet's facts, comes back as the JSON it is.
CONVERTER.register_structure_hook_func(lambda shape: shape is object, lambda value, _: value)
CONVERTER.register_unstructure_hook_func(
    _is_frozenset,
    lambda value: sorted(CONVERTER.unstructure(one) for one in value),
)

# In an image of a record, which one it was, and not what it was: enough to tell that it was changed.
CONVERTER.register_unstructure_hook(Secret, lambda one: one.digest)

_PLAIN: dict[type, Callable[[], TypeEngine[Any]]] = {
    int: Integer,
    str: Text,
    bool: Boolean,
    float: Float,
    date: Day,
    datetime: Instant,
    Secret: Hidden,
}


def columns_of(kind: type, refs: dict[str, str]) -> list[Column[Any]]:
    """A column for each field of a record; ``refs`` names the fields that point at another table's id."""
    hints = get_type_hints(kind)
    return [_column(one, hints[one], refs.get(one)) for one in field_names(kind)]


def _column(name: str, hint: Any, ref: str | None) -> Column[Any]:  # noqa: ANN401 - a type form
    base, optional = _without_none(hint)
    if name == "id":
        return Column(name, Integer, primary_key=True)
    foreign = [ForeignKey(f"{ref}.id")] if ref else []
    return Column(name, _column_type(base), *foreign, nullable=optional)


def _without_none(hint: Any) -> tuple[Any, bool]:  # noqa: ANN401 - a type form
    if get_origin(hint) in (Union, types.UnionType):
        rest = [part for part in get_args(hint) if part is not type(None)]
        if len(rest) == 1 and len(get_args(hint)) == 2:
            return rest[0], True
    return hint, False


def _column_type(base: Any) -> TypeEngine[Any]:  # noqa: ANN401 - a type form
    if base in _PLAIN:
        return _PLAIN[base]()
    if isinstance(base, type) and issubclass(base, StrEnum):
        return Word(base)
    return Compound(base)
