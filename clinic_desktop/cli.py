"""The commands for scripts and IT: the same use cases as the window, told in words or as one JSON object."""

import argparse
import getpass
import json
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

from clinic_desktop.aftercare.to_printer import job_of, true_sheet
from clinic_desktop.cli_words import in_words
from clinic_desktop.demo.clinic import make_all
from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.foundation.backups import Inside, Seen
from clinic_desktop.foundation.clock import FixedClock, SystemClock, day_span, instant_at, zone
from clinic_desktop.foundation.errors import BadInput, ClinicProblem, StoreRefused
from clinic_desktop.foundation.logs import start_log
from clinic_desktop.foundation.moving_steps import Far, Step
from clinic_desktop.foundation.private_file import private_text, write_private
from clinic_desktop.foundation.rulebook import Finding, sentences
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.people.import_patients import ImportResult, import_file
from clinic_desktop.people.importing.columns import DateOrder
from clinic_desktop.people.importing.fields import Field
from clinic_desktop.people.importing.files import read_list
from clinic_desktop.people.importing.rules import DATE_QUESTIONS
from clinic_desktop.people.model import Patient
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.record.give import give_record
from clinic_desktop.record.retention import past_retention
from clinic_desktop.reports.day_sheet import day_document, read_day
from clinic_desktop.reports.usage import usage_for
from clinic_desktop.reports.usage_table import as_csv, as_row
from clinic_desktop.scheduling.board_rows import BoardRow
from clinic_desktop.scheduling.model import PhaseKind, Setup
from clinic_desktop.scheduling.set_up_new import Answers, NewPerson, make_clinic
from clinic_desktop.scheduling.way_home import driver_word
from clinic_desktop.security.audit import Asked, export_trail, record_exported
from clinic_desktop.security.clinic_keys import KIND as KEYS
from clinic_desktop.security.key_places import named_key_file
from clinic_desktop.security.key_slots import Kind, Slots, take_away, write_new
from clinic_desktop.security.put_on_record import put_on_record
from clinic_desktop.security.trail_checking import accept_found, found_now
from clinic_desktop.security.unlocking import NewKeys, found_here, new_keys
from clinic_desktop.storage import against_backups
from clinic_desktop.storage.backing_up import back_up, back_up_to
from clinic_desktop.storage.backup_folder import THERE_ALREADY as THERE_ALREADY_OF
from clinic_desktop.storage.check import accepted, findings
from clinic_desktop.storage.cipher import can_seal
from clinic_desktop.storage.engine import Sealed, Where, as_user, file_of, is_address, real_file
from clinic_desktop.storage.keyed import new_store, to_restore, with_its_key
from clinic_desktop.storage.look import Locked, is_sealed, look
from clinic_desktop.storage.moving import move, take_back
from clinic_desktop.storage.open_elsewhere import HERE, open_elsewhere
from clinic_desktop.storage.restoring import look_into, restore
from clinic_desktop.storage.schema import THERE_ALREADY
from clinic_desktop.storage.sealing import seal
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.printed import PrintState, begin, finish
from clinic_desktop.treatment.session import visits_with_driver

DONE, NOT_DONE, BAD_ARGUMENTS = 0, 1, 2
Answer = dict[str, object]
_log = logging.getLogger(__name__)


class _Unreadable(ClinicProblem):
    """What was named as an argument is not there, or cannot be read."""


_NO_FOLDER = (
    "There is no folder {name}. No backup was made. Connect its drive, or name a folder that is there, or a "
    "file with an ending such as .sqlite."
)


class _ThereAlready(ClinicProblem):
    """A file that was named to be written is there."""


class _NoKeyPlace(ClinicProblem):
    """Nothing was said that would open an encrypted clinic unattended."""


_NO_KEY_PLACE = (
    "This computer has no keyring that could keep the key. Add --key-file FILE; it is made if it is missing. "
    "With init, --plain makes a clinic that is not encrypted."
)


_HOW_TO_OPEN = "Run at a terminal, this asks for it; a script names its key file: --key-file FILE."


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
    except (BadInput, _Unreadable, _Unanswered, _NoKeyPlace) as problem:
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


def _where(options: argparse.Namespace) -> Where:
    """The clinic that was named, else the one that was open last on this computer; with its key."""
    return with_its_key(_named(options), named_key_file(options))


def _named(options: argparse.Namespace) -> str:
    return str(options.data or settings.last_clinic() or settings.default_clinic())


def _import(options: argparse.Namespace) -> tuple[Answer, int]:
    data = _read(Path(options.file))
    with closing(_open(options)) as store:
        result = import_file(store, PROGRAM, data, dict(options.map), dry_run=options.dry_run)
    if result.questions:
        raise _Unanswered(result.questions)
    return _import_answer(result), DONE


def _read(file: Path) -> bytes:
    try:
        return read_list(file)
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
        here = visits_with_driver(stamps)
        answer: Answer = {"visits": [_visit(row, setup, here=row.visit.id in here) for row in rows]}
        # The answer alone names everybody of the day, wherever it is sent. Once all of it could be read: into
        # a file that is damaged nothing is written.
        record_exported(store, PROGRAM, "day sheet", about={"day": str(options.day)})
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


def _record(options: argparse.Namespace) -> tuple[Answer, int]:
    files = {"json_file": options.json_file, "pdf_file": options.pdf}
    where = {name: Path(file) for name, file in files.items() if file}
    for file in where.values():
        if file.is_file():  # a pipe takes what comes
            raise _ThereAlready(THERE_ALREADY_OF.format(name=file.name))
    with closing(_open(options)) as store:
        with store.read() as records:
            found = records.find(Patient, chart_number=options.patient)
        if not found:
            raise _Unreadable("There is no patient with this chart number.")
        given = give_record(store, PROGRAM, found[0].id, render_pdf, **where)
    return {"files": [str(one) for one in given.files], "pages": given.pages}, DONE


def _retention(options: argparse.Namespace) -> tuple[Answer, int]:
    with closing(_open(options)) as store:
        found = past_retention(store, PROGRAM)
    rows = [
        {
            "chart_number": one.patient.chart_number,
            "last": one.last.isoformat(),
            "was_child": one.was_child,
        }
        for one in found
    ]
    return {"count": len(rows), "records": rows}, DONE


def _check(options: argparse.Namespace) -> tuple[Answer, int]:
    where = _where(options)
    if options.accept:
        with closing(_open(options)) as store:
            accept_found(store, PROGRAM, found_now(store, PROGRAM), options.accept)
    found = [*findings(where, options.trail), *against_backups.findings(where)]
    said = [{"code": one.code, "message": one.message} for one in found]
    answer: Answer = {"ok": not found, "findings": said}
    if known := accepted(where):
        answer["accepted"] = known
    return answer, NOT_DONE if found else DONE


def _backup(options: argparse.Namespace) -> tuple[Answer, int]:
    """Without a name, or with a folder's: dated, and the old ones go by the rule."""
    file = _to_back_up_to(options.file) if options.file else None
    with closing(_open(options)) as store:
        dated = file is None or file.is_dir()
        made = back_up(store, file) if dated or file is None else back_up_to(store, file)
    facts = made.facts
    answer: Answer = {
        "ok": made.good,
        "file": str(made.file),
        "made_at": facts.made_at.isoformat(),
        "size": facts.size,
        "sha256": facts.sha256,
        "checked": facts.checked.name.lower(),
        "findings": list(facts.findings),
        "audit": {"number": facts.head.number, "hash": facts.head.hash},
    }
    return answer, DONE if made.good else NOT_DONE


def _to_back_up_to(named: str) -> Path:
    """A folder that is there, or a file. What looks like a folder and is not there is a drive that is not
    plugged in: a file of its name would be a backup on this computer that nobody looks for."""
    file = Path(named)
    if not file.exists() and (named.endswith((os.sep, os.altsep or os.sep)) or not file.suffix):
        raise _Unreadable(_NO_FOLDER.format(name=named))
    return file


def _restore(options: argparse.Namespace) -> tuple[Answer, int]:
    try:
        where, file = to_restore(_named(options), Path(options.file), named_key_file(options), ask=_asked)
    except Locked as problem:
        raise Locked(f"{problem} {_HOW_TO_OPEN}") from problem
    if options.look:
        seen = look_into(file, where)
        return _seen(seen) | {"restored": False}, DONE if seen.sound else NOT_DONE
    done = restore(where, file, other_clinic=bool(options.other_clinic))
    return _seen(done.seen) | {"restored": True, "kept_aside": done.aside}, DONE


def _asked(name: str) -> str:
    """The passphrase or recovery key, where somebody sits at a terminal."""
    return getpass.getpass(f"Passphrase or recovery key of {name}: ") if sys.stdin.isatty() else ""


def _seen(seen: Seen) -> Answer:
    return {
        "file": str(seen.file),
        "sound": seen.sound,
        "as_written": seen.as_written,
        "findings": list(seen.findings),
        "inside": _inside(seen.inside),
        "now": _inside(seen.now) if seen.now is not None else None,
        "same_clinic": seen.same_clinic,
        "changes_after_it": seen.lost,
        "before_accounts": seen.before_accounts,
    }


def _inside(one: Inside) -> Answer:
    return {
        "name": one.name,
        "revision": one.revision,
        "patients": one.patients,
        "visits": one.visits,
        "first_day": one.first.isoformat() if one.first else None,
        "last_day": one.last.isoformat() if one.last else None,
        "last_change": one.changed_at.isoformat(timespec="seconds") if one.changed_at else None,
        "audit": {"number": one.head.number, "hash": one.head.hash},
    }


def _init(options: argparse.Namespace) -> tuple[Answer, int]:
    now = SystemClock().now()
    clock = FixedClock(now)
    keys = None
    if "://" not in options.path and not options.with_demo and not options.plain and can_seal():
        if Path(options.path).exists() and Path(options.path).stat().st_size:
            raise StoreRefused(THERE_ALREADY)  # before a key file is made for nothing
        keys = _new_keys(options)
    with closing(_made(options.path, keys, clock)) as store:
        if options.with_demo:
            store.hurry()  # nobody has worked with it yet
            make_all(store, clock, now, _progress(quiet=options.json or not sys.stderr.isatty()))
        else:
            make_clinic(store, PROGRAM, Answers(name="Our clinic", people=(_MANAGER,)))
    answer: Answer = {"path": options.path, "demo": options.with_demo}
    return answer | ({"recovery_key": keys.recovery_key} if keys is not None else {}), DONE


def _made(path: str, keys: NewKeys | None, clock: FixedClock) -> SqlStore:
    return open_store(path, clock, make=True) if "://" in path else new_store(Path(path), keys, clock)


def _new_keys(options: argparse.Namespace) -> NewKeys:
    """With a way to open it that asks nobody: a key file, else this computer's keyring."""
    key_file = named_key_file(options)
    keys = new_keys(key_file=key_file, remembered=key_file is None)
    if not keys.slots.kinds & {Kind.KEY_FILE, Kind.KEYRING}:
        raise _NoKeyPlace(_NO_KEY_PLACE)
    return keys


def _encrypt(options: argparse.Namespace) -> tuple[Answer, int]:
    where = _named(options)
    if "://" in where:
        raise _NoKeyPlace("A database on a server is encrypted there. Nothing was changed.")
    path = real_file(Path(where))
    if is_sealed(path) or look(path) is None:
        raise StoreRefused(f"{path.name} is encrypted already, or there is no clinic. Nothing was changed.")
    keys = _new_keys(options)
    sealed = seal(path, keys.data_key, keys.slots)
    # It is encrypted whatever comes of this, and the key has to be told.
    with suppress(ClinicProblem), closing(open_store(sealed)) as store:
        put_on_record(store, PROGRAM, Deed.KEYS, KEYS, {"what": "encrypted"})
    return {"path": where, "recovery_key": keys.recovery_key}, DONE


def _move(options: argparse.Namespace) -> tuple[Answer, int]:
    source = _where(options)
    target, new_slots = _to(options)
    quiet = options.json or not sys.stderr.isatty()
    _tell_who_has_it_open(source)
    try:
        done = move(source, target, PROGRAM, SystemClock().now(), _rows_moved(quiet=quiet))
    except BaseException:
        # They open nothing, and the next try would be refused for them.
        if new_slots is not None and not file_of(target).exists():
            take_away(file_of(target), new_slots)
        raise
    here, there = _named(options), options.to if is_address(target) else str(file_of(target))
    if settings.last_clinic() in (here, ""):
        settings.remember_clinic(as_user(there, options.desk) if is_address(there) else there)
    answer: Answer = {"from": here, "to": there, "finished_only": done is None}
    prints = {} if done is None else done.prints
    tables = {name: {"rows": one.rows, "sha256": one.hash} for name, one in sorted(prints.items())}
    return answer | {"rows": sum(one.rows for one in prints.values()), "tables": tables}, DONE


def _tell_who_has_it_open(source: Where) -> None:
    """The move goes on: nothing can be saved there meanwhile, nor in the old copy."""
    with suppress(ClinicProblem):  # whatever is wrong with it the move itself says
        if others := open_elsewhere(source):
            names = ", ".join(others) if others != (HERE,) else "another window or program of this computer"
            sys.stderr.write(
                f"Still open at: {names}. What was not saved there by now has to be typed again.\n"
            )


def _to(options: argparse.Namespace) -> tuple[Where, Slots | None]:
    """Where a clinic is moved: an address, or a file, sealed with new keys unless it is to be plain; and
    their slots where they were put beside its place."""
    if is_address(options.to):
        return str(options.to), None
    path = Path(options.to).absolute()
    if options.plain or not can_seal():
        return path, None
    if is_sealed(path):  # an earlier move ended there
        return with_its_key(str(path), named_key_file(options)), None
    if (left := _left_by_a_move(path, named_key_file(options))) is not None:
        sys.stderr.write(
            "The keys of an earlier try lie there and are used, with the recovery key of then.\n"
        )
        return Sealed(path, left), None
    keys = _new_keys(options)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_new(path, keys.slots)
    sys.stderr.write(f"Recovery key, to keep on paper in a safe place: {keys.recovery_key}\n")
    return Sealed(path, keys.data_key), keys.slots


def _left_by_a_move(path: Path, key_file: Path | None) -> bytes | None:
    """The key in slots that lie beside no clinic, where something at hand opens them: a move that was ended
    put them there first."""
    if path.exists():
        return None
    with suppress(ClinicProblem):
        return found_here(path, key_file)
    return None


def _rows_moved(*, quiet: bool) -> Callable[[Far], None]:
    def say(far: Far) -> None:
        if not quiet and far.of:
            doing = "compared" if far.step is Step.COPIED else "copied"
            sys.stderr.write(f"\r{far.rows} of {far.of} rows {doing}")

    return say


def _take_back(options: argparse.Namespace) -> tuple[Answer, int]:
    take_back(_where(options), PROGRAM, SystemClock().now())
    return {"path": _named(options)}, DONE


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
    "record": _record,
    "retention": _retention,
    "check": _check,
    "backup": _backup,
    "restore": _restore,
    "init": _init,
    "encrypt": _encrypt,
    "move": _move,
    "take-back": _take_back,
}
