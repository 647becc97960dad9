"""The words after ``clinic-desktop``: none opens the window, a command does one thing for a script."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from typing import NoReturn


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line on standard error, exit status 2."""
        sys.stderr.write(f"{self.prog}: {message}\n")
        raise SystemExit(2)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments as a namespace; ``command`` is None for the window. Exits with 2 on bad ones."""
    parser = _Parser(
        prog="clinic-desktop", description="Runs the day of a small ketamine and Spravato clinic."
    )
    parser.add_argument(
        "--data", metavar="PATH_OR_URL", default="", help="the clinic's data file, or a postgresql:// address"
    )
    parser.add_argument("--demo", action="store_true", help="open the demo clinic")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    _import(commands.add_parser("import-patients", help="add the people of a CSV file"))
    _day(commands.add_parser("day", help="the visits of one day"))
    _usage(commands.add_parser("usage", help="how the rooms were used"))
    _sheet(commands.add_parser("sheet", help="the aftercare sheet of a visit as PDF"))
    _common(commands.add_parser("check", help="check that the clinic's data holds together"))
    _init(commands.add_parser("init", help="make a new clinic"))
    return parser.parse_args(argv)


def _common(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument(
        "--json", action="store_true", help="one JSON object on standard output, nothing else"
    )
    return parser


def _import(parser: argparse.ArgumentParser) -> None:
    _common(parser).add_argument("file", metavar="FILE")
    parser.add_argument("--map", action="append", default=[], type=_mapping, metavar="COLUMN=FIELD")
    parser.add_argument("--dry-run", action="store_true", help="look, and change nothing")


def _day(parser: argparse.ArgumentParser) -> None:
    _common(parser).add_argument("day", metavar="DATE", type=_date)


def _usage(parser: argparse.ArgumentParser) -> None:
    _common(parser)
    parser.add_argument("--from", dest="first", required=True, metavar="DATE", type=_date)
    parser.add_argument("--to", dest="last", required=True, metavar="DATE", type=_date)
    parser.add_argument("--csv", metavar="FILE", default="")


def _sheet(parser: argparse.ArgumentParser) -> None:
    _common(parser).add_argument("visit", metavar="VISIT", type=int)
    parser.add_argument("--out", required=True, metavar="FILE")


def _init(parser: argparse.ArgumentParser) -> None:
    _common(parser).add_argument("path", metavar="PATH")
    # After "init" the word means: fill it with the demo clinic, all of it.
    parser.add_argument("--demo", dest="with_demo", action="store_true")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date like 2026-11-17") from None


def _mapping(text: str) -> tuple[str, str]:
    column, sign, field = text.rpartition("=")
    if not (column and sign and field):
        raise argparse.ArgumentTypeError(f"{text} is not COLUMN=FIELD")
    return column, field
