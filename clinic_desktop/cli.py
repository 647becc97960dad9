"""The commands for scripts and IT: the same use cases as the window, told in words or as one JSON object."""

import argparse
import json
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from clinic_desktop.aftercare.to_printer import job_of, true_sheet
from clinic_desktop.cli_words import in_words
from clinic_desktop.demo.clinic import make_all
from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.foundation.clock import FixedClock, SystemClock, day_span, instant_at, zone
from clinic_desktop.foundation.errors import BadInput, ClinicProblem
from clinic_desktop.foundation.logs import start_log
from clinic_desktop.foundation.private_file import private_text, write_private
from clinic_desktop.foundation.rulebook import Finding, sentences
from clinic_desktop.people.import_patients import ImportResult, import_file
from clinic_desktop.people.importing.columns import DateOrder
from clinic_desktop.people.importing.fields import Field
from clinic_desktop.people.importing.rules import DATE_QUESTIONS
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.reports.day_sheet import day_document, read_day
from clinic_desktop.reports.usage import usage_for
from clinic_desktop.reports.usage_table import as_csv, as_row
from clinic_desktop.scheduling.board_rows import BoardRow
from clinic_desktop.scheduling.model import PhaseKind, Setup
from clinic_desktop.scheduling.set_up_new import Answers, NewPerson, make_clinic
from clinic_desktop.scheduling.way_home import driver_word
from clinic_desktop.security.audit import Asked, export_trail, record_exported
from clinic_desktop.storage.check import findings
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.printed import PrintState, begin, finish
from clinic_desktop.treatment.session import visits_with_driver

DONE, NOT_DONE, BAD_ARGUMENTS = 0, 1, 2
Answer = dict[str, object]
_log = logging.getLogger(__name__)


class _Unreadable(ClinicProblem):
    """A file that was named as an argument cannot be read."""


class _Unanswered(ClinicProblem):
    """A list of patients leaves something open that only a person knows; it is answered with ``--map``."""

    def __init__(self, questions: Sequence[Finding]) -> None:
        columns = [str(one.params["column"]) for one in questions if one.rule in DATE_QUESTIONS]
        how = [
            f'Add --map "{column}={Field.BIRTH_DATE}:{DateOrder.MONTH_FIRST}" or '
            f'--map "{column}={Field.BIRTH_DATE}:{DateOrder.DAY_FIRST}".'
            for column in columns
        ]
        super().__init__(" ".join([sentences(questions), *how]))


def run(options: argparse.Namespace) -> int:
    """Carry out one command. Status 0: done; 1: not done, or the check found something; 2: bad arguments."""
    try:
        start_log(settings.home())
        answer, status = _COMMANDS[options.command](options)
    except (BadInput, _Unreadable, _Unanswered) as problem:
        return _not_done(options, str(problem), BAD_ARGUMENTS)
    except ClinicProblem as problem:
        return _not_done(options, str(problem), NOT_DONE)
    except OSError as problem:
        return _not_done(options, _worded(problem), NOT_DONE)
    except Exception:
        _log.exception("not foreseen")
        return _not_done(
            options, "This was not foreseen. The log in the program's folder says more.", NOT_DONE
        )
    # ASCII with escapes, whatever the terminal or the script's locale can write.
    sys.stdout.write((json.dumps(answer) if options.json else in_words(options.command, answer)) + "\n")
    return status


def _not_done(options: argparse.Namespace, words: str, status: int) -> int:
    sys.stderr.write(f"clinic-desktop {options.command}: {' '.join(words.split())}\n")
    return status


def _worded(problem: OSError) -> str:
    what = problem.strerror or type(problem).__name__
    return f"{problem.filename}: {what}." if problem.filename else f"{what}."


def _open(options: argparse.Namespace) -> SqlStore:
    return open_store(_where(options))


def _where(options: argparse.Namespace) -> Path | str:
    """The clinic that was named, else the one that was open last on this computer."""
    where = str(options.data or settings.last_clinic() or settings.default_clinic())
    return where if "://" in where else Path(where)


def _import(options: argparse.Namespace) -> tuple[Answer, int]:
    data = _read(Path(options.file))
    with closing(_open(options)) as store:
        result = import_file(store, PROGRAM, data, dict(options.map), dry_run=options.dry_run)
    if result.questions:
        raise _Unanswered(result.questions)
    return _import_answer(result), DONE


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise _Unreadable(_worded(problem)) from problem


def _import_answer(result: ImportResult) -> Answer:
    return {
        "read": result.read,
        "added": result.added,
        "already": result.already,
        "duplicates": result.duplicates,
        "rejected": [{"row": r.row, "field": r.field, "message": r.message} for r in result.rejected],
        "date_order": result.date_order,
        "date_row": result.date_row or None,
        "notes": [one.sentence() for one in result.notes],
    }


def _day(options: argparse.Namespace) -> tuple[Answer, int]:
    with closing(_open(options)) as store:
        with store.read() as records:
            setup, rows = records.setup(), records.day_rows(options.day)
            stamps = records.find(Stamp, visit_id=[row.visit.id for row in rows])
        pdf = render_pdf(day_document(read_day(store, options.day))) if options.pdf else None
        if options.pdf:
            record_exported(store, PROGRAM, "day sheet", about={"day": str(options.day)})
    here = visits_with_driver(stamps)
    answer: Answer = {"visits": [_visit(row, setup, here=row.visit.id in here) for row in rows]}
    if pdf is not None:
        write_private(Path(options.pdf), pdf.data)
        answer |= {"file": options.pdf, "pages": pdf.page_count}
    return answer, DONE


def _visit(row: BoardRow, setup: Setup, *, here: bool) -> Answer:
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
        "driver": driver_word(visit, setup.profile_of(visit_type), here=here) or None,
    }


def _local(minute: int, zone_name: str) -> str:
    """Clinic time with its offset, "2026-11-17T10:15-06:00"."""
    return instant_at(minute).astimezone(zone(zone_name)).isoformat(timespec="minutes")


def _usage(options: argparse.Namespace) -> tuple[Answer, int]:
    with closing(_open(options)) as store:
        report = usage_for(store, PROGRAM, options.first, options.last)
        if options.csv:
            days = {"first": str(options.first), "last": str(options.last)}
            record_exported(store, PROGRAM, "room usage", about=days)
    if options.csv:
        Path(options.csv).write_text(as_csv(report), encoding="utf-8", newline="")
    return {"rooms": [as_row(one) for one in report.rooms], "total": as_row(report.total)}, DONE


def _sheet(options: argparse.Namespace) -> tuple[Answer, int]:
    with closing(_open(options)) as store:
        made = true_sheet(store, PROGRAM, options.visit, render_pdf, to_paper=False)
        job = begin(store, PROGRAM, job_of(made)).job
        try:
            write_private(Path(options.out), made.pdf.data)
        except OSError:
            finish(store, PROGRAM, job, PrintState.FAILED)
            raise
        finish(store, PROGRAM, job, PrintState.SAVED)
    return {"file": options.out, "pages": made.pdf.page_count, "copy": made.sheet.copy_number}, DONE


def _trail(options: argparse.Namespace) -> tuple[Answer, int]:
    file = Path(options.csv or options.jsonl)
    with closing(_open(options)) as store:
        with store.read() as records:
            setup = records.setup()
        asked = Asked(
            options.first and instant_at(day_span(options.first, setup.clinic.zone)[0]),
            options.last and instant_at(day_span(options.last, setup.clinic.zone)[1]),
            options.person,
            options.patient,
        )
        names = {one.id: one.name for one in setup.staff}
        with private_text(file) as out:
            count = export_trail(store, PROGRAM, asked, out.write, names, as_json=bool(options.jsonl))
    return {"file": str(file), "entries": count}, DONE


def _check(options: argparse.Namespace) -> tuple[Answer, int]:
    found = findings(_where(options), options.trail)
    said = [{"code": one.code, "message": one.message} for one in found]
    return {"ok": not found, "findings": said}, NOT_DONE if found else DONE


def _init(options: argparse.Namespace) -> tuple[Answer, int]:
    where = options.path if "://" in options.path else Path(options.path)
    now = SystemClock().now()
    clock = FixedClock(now)
    with closing(open_store(where, clock, make=True)) as store:
        if options.with_demo:
            store.hurry()  # nobody has worked with it yet
            make_all(store, clock, now, _progress(quiet=options.json or not sys.stderr.isatty()))
        else:
            make_clinic(store, PROGRAM, Answers(name="Our clinic", people=(_MANAGER,)))
    return {"path": options.path, "demo": options.with_demo}, DONE


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
    "trail": _trail,
    "check": _check,
    "init": _init,
}
