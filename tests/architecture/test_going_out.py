"""What leaves the program is on record before: each place that prints or writes a file says how."""

import ast
from inspect import Parameter, signature

import pytest

from clinic_desktop.ui.paper import PaperDialog
from tests.architecture.sources import PACKAGE, calls, dotted, python_files, tree

# What sends pages to a printer, or writes a file that somebody named.
OUT = {"print_pages", "hand_over", "write_private", "private_text", "write_text", "write_bytes", "ask_save"}
# What puts on record that something goes out, itself or by what it calls.
ON_RECORD = {
    "send_on_record", "finish_on_record", "JobRecord", "Leaving", "leaving", "record_exported",
    "record_printed", "save_table", "export_trail", "take_record", "begin", "KeptDeed",
}  # fmt: skip
# Places that have no need of it, each for its reason.
WITHOUT = {
    "ui/printers.py": "the way out itself",
    "ui/paper.py": "told by whoever asks for the pages: on_record, which none can leave out",
    "ui/cups.py": "the way out itself, below printers",
    "ui/fail_safe/folder.py": "the program's own paper on this computer, made without anybody",
    "ui/fail_safe/place.py": "as folder.py, sealed",
    "ui/first_run/recovery_box.py": "of a new clinic, which has no trail yet; its caller records it else",
    "ui/sign_in/gate.py": "hand_over gives the window to another person",
    "ui/sheets/doing.py": "its work is in ui/sheets/work.py",
    "ui/texts/keeping.py": "write_text is a use case here: a text is written into the clinic",
    "record/give.py": "writes what take_record gathered and put on record",
}
# The window's places and the command line; below them files are the program's own: keys, settings, backups.
PLACES = ("ui", "record", "start", "cli.py")


def names_in(path) -> set[str]:
    return {dotted(call.func).rpartition(".")[2] for call in calls(path)} | {
        node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)
    }


def where_in(path) -> str:
    return path.relative_to(PACKAGE).as_posix()


OURS = [
    one for one in python_files("clinic_desktop", saying=tuple(OUT)) if where_in(one).split("/")[0] in PLACES
]
GOING_OUT = [one for one in OURS if names_in(one) & OUT]


@pytest.mark.parametrize("path", GOING_OUT, ids=where_in)
def test_what_prints_or_saves_puts_it_on_record(path):
    assert where_in(path) in WITHOUT or names_in(path) & ON_RECORD


def test_what_is_excused_is_there():
    assert {where_in(one) for one in GOING_OUT} >= set(WITHOUT)


def test_pages_to_look_at_are_on_record_when_they_go():
    assert signature(PaperDialog.ask).parameters["on_record"].default is Parameter.empty
