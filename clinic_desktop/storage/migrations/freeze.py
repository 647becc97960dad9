"""Write revision 0001 anew from the tables as they are. Only while no clinic has been made with it.

    python -m clinic_desktop.storage.migrations.freeze

From the first release on revision 0001 stays for ever, and changes are revisions of their own.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from alembic.operations.ops import CreateIndexOp, CreateTableOp, MigrateOperation, ModifyTableOps, UpgradeOps
from sqlalchemy import TypeDecorator, create_engine

from clinic_desktop.storage.columns import Day
from clinic_desktop.storage.revisions import REVISIONS
from clinic_desktop.storage.tables import metadata

FILE = Path(__file__).with_name("r0001.py")
_HEAD = '''"""Revision 0001: the first tables, as they were. Written by the freeze module beside this one."""

# ruff: noqa: E501 - a constraint is one line

import sqlalchemy as sa
from alembic.operations import Operations

DAY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade(op: Operations) -> None:
    """Make every table."""
'''


def frozen() -> str:
    """The text of the revision, not yet laid out."""
    tables: dict[str, list[str]] = {}
    for operation in _operations():
        if isinstance(operation, CreateTableOp | CreateIndexOp):
            code = render_python_code(UpgradeOps([operation]), render_item=_plain_types)
            tables.setdefault(operation.table_name, []).append(_without_comments(code))
    calls = "".join(f"    _{name}(op)\n" for name in tables)
    parts = (f"\n\ndef _{name}(op: Operations) -> None:\n{''.join(code)}" for name, code in tables.items())
    return _HEAD + calls + "".join(parts)


def _operations() -> Iterator[MigrateOperation]:
    with create_engine("sqlite://").connect() as connection:
        context = MigrationContext.configure(connection, opts={"target_metadata": metadata})
        wanted = produce_migrations(context, metadata).upgrade_ops
    for operation in wanted.ops if wanted else ():
        yield from operation.ops if isinstance(operation, ModifyTableOps) else [operation]


def _plain_types(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:  # noqa: ANN401 - any schema item
    # Our own types change with the program; what is in the database does not.
    if kind == "type" and isinstance(item, Day):
        return "DAY"
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{type(item.impl).__name__}()"
    return False


def _without_comments(code: str) -> str:
    lines = (line.strip() for line in code.splitlines())
    return "".join(f"    {line}\n" for line in lines if line and not line.startswith("#"))


def main() -> None:
    if len(REVISIONS) > 1:
        sys.exit("Revision 0001 is released. Write a new revision instead.")
    FILE.write_text(frozen(), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", str(FILE)], check=True)  # noqa: S603 - our own words


if __name__ == "__main__":
    main()
