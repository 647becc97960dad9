"""The commands for scripts and IT: the same use cases as the window, told in words or as one JSON object."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from clinic_desktop.aftercare.sheets import preview
from clinic_desktop.cli_words import in_words
from clinic_desktop.demo.clinic import make_all
from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.foundation.clock import FixedClock, SystemClock, instant_at, zone
from clinic_desktop.foundation.errors import BadInput, ClinicProblem
from clinic_desktop.foundation.logs import start_log
from clinic_desktop.people.import_patients import ImportResult, import_file
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.reports.usage import usage
from clinic_desktop.reports.usage_table import as_csv, as_row
from clinic_desktop.scheduling.board_rows import BoardRow
from clinic_desktop.scheduling.model import PhaseKind, Setup
from clinic_desktop.scheduling.set_up_new import Answers, NewPerson, make_clinic
from clinic_desktop.scheduling.way_home import driver_word
from clinic_desktop.storage.check import findings
from clinic_desktop.storage.store import SqlStore, open_store

Answer = dict[str, object]


def run(options: argparse.Namespace) -> int:
    """Carry out one command. Status 0: done; 1: not done, or the check found something; 2: bad arguments."""
    start_log(settings.home())
    try:
        answer, status = _COMMANDS[options.command](options)
    except BadInput as problem:
        return _not_done(options, str(problem), 2)
    except (ClinicProblem, OSError) as problem:
        return _not_done(options, str(problem), 1)
    words = json.dumps(answer, ensure_ascii=False) if options.json else in_words(options.command, answer)
    sys.stdout.write(words + "\n")
    return status


def _not_done(options: argparse.Namespace, words: str, status: int) -> int:
    sys.stderr.write(f"clinic-desktop {options.command}: {' '.join(words.split())}\n")
    return status


def _open(options: argparse.Namespace) -> SqlStore:
    return open_store(_where(options))


def _where(options: argparse.Namespace) -> Path | str:
    """The clinic that was named, else the one that was open last on this computer."""
    where = str(options.data or settings.last_clinic() or settings.default_clinic())
    return where if "://" in where else Path(where)


def _import(options: argparse.Namespace) -> tuple[Answer, int]:
    data = Path(options.file).read_bytes()
    with closing(_open(options)) as store:
        result = import_file(store, PROGRAM, data, dict(options.map), dry_run=options.dry_run)
    if result.questions:
        raise BadInput({"file": " ".join(one.sentence() for one in result.questions)})
    return _import_answer(result), 0


def _import_answer(result: ImportResult) -> Answer:
    return {
        "read": result.read,
        "added": result.added,
        "already": result.already,
        "duplicates": result.duplicates,
        "rejected": [{"row": r.row, "field": r.field, "message": r.message} for r in result.rejected],
        "notes": [one.sentence() for one in result.notes],
    }


def _day(options: argparse.Namespace) -> tuple[Answer, int]:
    with closing(_open(options)) as store, store.read() as records:
        setup = records.setup()
        rows = records.day_rows(options.day)
        return {"visits": [_visit(row, setup) for row in rows]}, 0


def _visit(row: BoardRow, setup: Setup) -> Answer:
    visit, visit_type = row.visit, setup.type_by_id(row.visit.type_id)
    turnover = sum(p.minutes for p in visit_type.phases if p.kind is PhaseKind.TURNOVER)
    return {
        "id": visit.id,
        "patient": row.name,
        "type": visit_type.code,
        "room": next((room.name for room in setup.rooms if room.id == visit.room_id), None),
        "start": _local(visit.start, visit.zone),
        "end": _local(visit.end - turnover, visit.zone),
        "state": str(visit.state),
        "driver": driver_word(visit, setup.profile_of(visit_type)) or None,
    }


def _local(minute: int, zone_name: str) -> str:
    """Clinic time with its offset, "2026-11-17T10:15-06:00"."""
    return instant_at(minute).astimezone(zone(zone_name)).isoformat(timespec="minutes")


def _usage(options: argparse.Namespace) -> tuple[Answer, int]:
    with closing(_open(options)) as store, store.read() as records:
        report = usage(records, options.first, options.last, store.clock.now())
        zone_name = records.setup().clinic.zone
    if options.csv:
        Path(options.csv).write_text(as_csv(report, zone_name), encoding="utf-8", newline="")
    return {"rooms": [as_row(one) for one in report.rooms], "total": as_row(report.total)}, 0


def _sheet(options: argparse.Namespace) -> tuple[Answer, int]:
    with closing(_open(options)) as store:
        pdf = preview(store, options.visit, render_pdf)
    Path(options.out).write_bytes(pdf.data)
    return {"file": options.out, "pages": pdf.page_count}, 0


def _check(options: argparse.Namespace) -> tuple[Answer, int]:
    found = findings(_where(options))
    said = [{"code": one.code, "message": one.message} for one in found]
    return {"ok": not found, "findings": said}, 1 if found else 0


def _init(options: argparse.Namespace) -> tuple[Answer, int]:
    where = options.path if "://" in options.path else Path(options.path)
    now = SystemClock().now()
    clock = FixedClock(now)
    with closing(open_store(where, clock, make=True)) as store:
        if options.with_demo:
            make_all(store, clock, now, _progress(quiet=options.json))
        else:
            make_clinic(store, PROGRAM, Answers(name="Our clinic", people=(_MANAGER,)))
    return {"path": options.path, "demo": options.with_demo}, 0


def _progress(*, quiet: bool) -> Callable[[int, int], None]:
    def say(done: int, of: int) -> None:
        if not quiet:
            sys.stderr.write(f"\r{done} of {of} days")
            sys.stderr.write("\n" if done == of else "")

    return say


# Somebody must be there to sign in and set the clinic up; the name is changed in Set-up.
_MANAGER = NewPerson("Manager", frozenset({Role.MANAGER}))

_COMMANDS: Mapping[str, Callable[[argparse.Namespace], tuple[Answer, int]]] = {
    "import-patients": _import,
    "day": _day,
    "usage": _usage,
    "sheet": _sheet,
    "check": _check,
    "init": _init,
}
