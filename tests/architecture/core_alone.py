"""Imports and runs the core where Qt, the database and the PDF libraries are missing. A test starts it."""

import importlib
import pkgutil
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

BLOCKED = {"PySide6", "shiboken6", "sqlalchemy", "alembic", "psycopg", "sqlite3", "reportlab", "pypdfium2"}
CORE = ("foundation", "people", "scheduling", "treatment", "aftercare", "reports", "security")


class NotInstalled:
    """Answers for the blocked libraries as a Python that lacks them would."""

    def find_spec(
        self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def import_core() -> list[str]:
    """Import every module of every core room; their names."""
    names: list[str] = []
    for room in CORE:
        package = importlib.import_module(f"clinic_desktop.{room}")
        found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        names += [importlib.import_module(module.name).__name__ for module in found]
    return names


if __name__ == "__main__":
    sys.meta_path.insert(0, NotInstalled())
    day = importlib.import_module("tests.architecture.core_day")
    for line in [*import_core(), *day.run()]:
        sys.stdout.write(f"{line}\n")
