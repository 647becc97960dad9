"""Every use case of the core, found in its source: a new one that nobody has put into the table is told."""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any, get_args, get_origin, get_type_hints
from unittest.mock import MagicMock

from tests.architecture.sources import PACKAGE, python_files

ROOMS = ("security", "people", "scheduling", "treatment", "aftercare", "reports")


def use_cases() -> dict[str, Any]:
    """Name -> every public function of the core that is given a store: "scheduling.booking.book"."""
    return dict(_found())


def _found() -> Iterator[tuple[str, Any]]:
    for path in python_files(*(f"clinic_desktop/{room}" for room in ROOMS), saying=("Store",)):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        module = import_module(f"clinic_desktop.{name}")
        for one, function in vars(module).items():
            if inspect.isfunction(function) and function.__module__ == module.__name__ and one[0] != "_":
                first = next(iter(inspect.signature(function).parameters.values()), None)
                if first is not None and "Store" in str(first.annotation):
                    yield f"{name}.{one}", function


class Opened(Exception):
    """The store was asked for: nothing was refused before."""


class ShutStore:
    """A store that says so when it is opened, to read or to write."""

    clock = MagicMock()

    def read(self) -> Any:
        raise Opened

    def write(self, _actor: object) -> Any:
        raise Opened

    def __getattr__(self, name: str) -> Any:
        raise Opened


def arguments(function: Any, given: Mapping[str, object]) -> dict[str, object]:
    """Something for every argument without a default: what is ``given``, else a stand-in of its kind."""
    hints = get_type_hints(function)
    return {
        one.name: given[one.name] if one.name in given else _stand_in(hints.get(one.name))
        for one in inspect.signature(function).parameters.values()
        if one.default is inspect.Parameter.empty and one.kind is not inspect.Parameter.VAR_POSITIONAL
    }


def _stand_in(hint: Any) -> Any:
    plain = {str: "words", int: 1, date: date(2026, 11, 16), datetime: datetime(2026, 11, 16, 15, tzinfo=UTC)}
    if hint in plain:
        return plain[hint]
    if get_origin(hint) is Sequence or (get_args(hint) and get_origin(hint) in (list, tuple)):
        return [MagicMock()]
    return MagicMock(name=str(hint))
