"""The words after ``clinic-desktop``: none opens the window, a command does one thing for a script."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from typing import NoReturn
from urllib.parse import parse_qsl, urlsplit

from clinic_desktop.foundation.trail import TrailHead, read_head

_SECRETS = frozenset({"password", "sslpassword"})
_SCHEMES = frozenset({"postgresql", "postgres"})


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line on standard error, exit status 2."""
        words = " ".join(message.replace("invalid choice:", "there is no").split())
        sys.stderr.write(f"{self.prog}: {words}\n")
        raise SystemExit(2)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments as a namespace; ``command`` is None for the window. Exits with 2 on bad ones."""
    # Nothing may be abbreviated: it would mean something else once there are more options.
    parser = _Parser(
        prog="clinic-desktop",
        description="Runs the day of a small ketamine and Spravato clinic.",
        allow_abbrev=False,
    )
    _data(parser, default="")
    _key_file(parser, default="")
    parser.add_argument("--demo", action="store_true", help="open the demo clinic")
    what = "begin with joining a clinic on a server, or moving this one there"
    parser.add_argument("--several-pcs", action="store_true", help=what)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def command(name: str, what: str) -> argparse.ArgumentParser:
        return _common(commands.add_parser(name, help=what, description=what, allow_abbrev=False))

    bringing = _import(command("import-patients", "Add the people of a CSV file."))
    _day(command("day", "The visits of one day."))
    _usage(command("usage", "How the rooms were used."))
    _sheet(command("sheet", "The aftercare sheet of a visit as PDF; it is put on record."))
    _check(command("check", "Check that the clinic's data holds together."))
    _backup(command("backup", "A backup, opened and checked after it is written."))
    _restore(command("restore", "Put a backup in the clinic's place; what was there is kept aside."))
    _trail(command("trail", "The audit trail as a table; that it was saved is in it."))
    what = "Everything kept about one patient, for the patient; it is put on record."
    giving = _record(commands.add_parser("record", help=what, description=what, allow_abbrev=False))
    command("retention", "Records that are older than the clinic keeps them. Nothing is deleted.")
    _init(command("init", "Make a new clinic; a file is encrypted unless --plain is said."))
    command("encrypt", "Encrypt a clinic's file that is not yet; close it everywhere first.")
    _move(command("move", "Move the clinic to a server, or from a server to a file."))
    command("take-back", "Use the old copy of a clinic that was moved away again.")
    options = parser.parse_args(argv)
    if options.command == "record" and not (options.json_file or options.pdf):
        giving.error("say where to with --json FILE, --pdf FILE or both")
    if options.command == "import-patients":
        _tell_apart(bringing, options)
    return options


def _place(text: str) -> str:
    """A path, or the address of a database without a password in it: a command line can be seen by others."""
    if "://" not in text:
        return text
    try:
        address = urlsplit(text)
        asked = {name.lower() for name, _ in parse_qsl(address.query, keep_blank_values=True)}
    except ValueError:
        raise argparse.ArgumentTypeError("this address cannot be read; check how it is written") from None
    if address.password is not None or asked & _SECRETS:
        raise argparse.ArgumentTypeError(
            "a password in the address can be seen by others; leave it out and set PGPASSWORD or PGPASSFILE"
        )
    if address.scheme.split("+")[0] not in _SCHEMES:
        raise argparse.ArgumentTypeError("only files and postgresql:// addresses are known")
    return text


def _common(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument(
        "--json", action="store_true", help="one JSON object on standard output, nothing else"
    )
    # Behind the command too; what is not said there must not undo what was said before it.
    _data(parser, default=argparse.SUPPRESS)
    _key_file(parser, default=argparse.SUPPRESS)
    return parser


def _data(parser: argparse.ArgumentParser, default: str) -> None:
    what = "the clinic's data file, or a postgresql:// address"
    parser.add_argument("--data", metavar="PATH_OR_URL", type=_place, default=default, help=what)


def _key_file(parser: argparse.ArgumentParser, default: str) -> None:
    what = "what opens an encrypted clinic unattended: a file that its owner alone can read"
    parser.add_argument("--key-file", metavar="FILE", default=default, help=what)


def _import(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("file", metavar="FILE", nargs="?", default="")
    parser.add_argument("--map", action="extend", nargs="+", default=[], metavar="COLUMN=FIELD")
    parser.add_argument("--dry-run", action="store_true", help="look, and change nothing")
    return parser


def _tell_apart(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Behind ``--map A=B C=D`` may stand the file."""
    if not options.file and options.map and "=" not in options.map[-1]:
        options.file = options.map.pop()
    if not options.file:
        parser.error("say which FILE to import")
    for text in options.map:
        column, sign, field = text.rpartition("=")
        if not (column and sign and field):
            parser.error(f"{text} is not COLUMN=FIELD")
    options.map = [tuple(text.rsplit("=", 1)) for text in options.map]


def _day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("day", metavar="DATE", type=_date)
    parser.add_argument("--pdf", metavar="FILE", default="", help="the day sheet too, as pages to print")


def _usage(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", required=True, metavar="DATE", type=_date)
    parser.add_argument("--to", dest="last", required=True, metavar="DATE", type=_date)
    parser.add_argument("--csv", metavar="FILE", default="")


def _trail(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", metavar="DATE", type=_date)
    parser.add_argument("--to", dest="last", metavar="DATE", type=_date)
    parser.add_argument("--person", metavar="NUMBER", type=_id)
    parser.add_argument("--patient", metavar="NUMBER", type=_id)
    file = parser.add_mutually_exclusive_group(required=True)
    file.add_argument("--csv", metavar="FILE", default="")
    file.add_argument("--jsonl", metavar="FILE", default="", help="one JSON object a line")


def _sheet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("visit", metavar="VISIT", type=_number)
    parser.add_argument("--out", required=True, metavar="FILE")


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--trail",
        metavar="NUMBER:HASH",
        type=_head,
        help="where the audit trail stood, from the foot of a day sheet or beside a backup",
    )
    parser.add_argument(
        "--accept",
        metavar="REASON",
        default="",
        help="accept what is found about the trail, after somebody looked into it; this is on record",
    )


def _head(text: str) -> TrailHead:
    try:
        return read_head(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text} is not a number and eight digits of a hash, like 48213:9f3a77c2"
        ) from None


def _record(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("patient", metavar="PATIENT", help="the chart number")
    # A file here, not the form of the answer as everywhere else.
    parser.add_argument("--json", dest="json_file", metavar="FILE", default="", help="for other programs")
    parser.add_argument("--pdf", metavar="FILE", default="", help="to read")
    parser.set_defaults(json=False)
    _data(parser, default=argparse.SUPPRESS)
    return parser


def _init(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", type=_place)
    # After "init" the word means: fill it with the demo clinic, all of it.
    parser.add_argument("--demo", dest="with_demo", action="store_true")
    parser.add_argument("--plain", action="store_true", help="not encrypted")


def _move(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", required=True, metavar="PATH_OR_URL", type=_place)
    what = "the name on the server that this computer works with from then on, not its owner's"
    parser.add_argument("--desk", metavar="NAME", default="", help=what)
    parser.add_argument("--plain", action="store_true", help="a file that is not encrypted")


def _backup(parser: argparse.ArgumentParser) -> None:
    what = "a name that nothing has yet; or a folder, for a dated name in it and only as many as are needed"
    parser.add_argument("file", metavar="FILE", nargs="?", default="", help=what)


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--look", action="store_true", help="say what is in it, and change nothing")
    parser.add_argument(
        "--other-clinic", action="store_true", help="restore it also where it is another clinic's backup"
    )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date like 2026-11-17") from None


def _number(text: str) -> int:
    return _id(text, " of a visit")


def _id(text: str, of: str = "") -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise argparse.ArgumentTypeError(f"{text} is not {'the' if of else 'a'} number{of}")
    return int(text)
