"""The record of what went to a printer, and what became of it: a paper that was sent is not yet a paper."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.security.rights import Right, require

FORGOTTEN = timedelta(hours=1)
"""After that a job that nobody finished is unknown: the desk that sent it has ended meanwhile."""


class Printed(StrEnum):
    """What went out."""

    SHEET = "sheet"
    AGAIN = "again"  # a sheet once more, as it was made
    RECEIPT = "receipt"
    PREPARATION = "preparation"  # what is read before a visit


class PrintState(StrEnum):
    SENT = "sent"
    PRINTED = "printed"
    FAILED = "failed"
    SAVED = "saved"  # into a file, where there is no printer
    UNKNOWN = "unknown"  # nobody could be asked any more


@dataclass(frozen=True, slots=True)
class SheetPrint:
    """One job of a printer. ``why``: what the printer said where it failed. ``job``: its number there."""

    id: int = 0
    version: int = 0
    sheet_id: int | None = None
    preparation_id: int | None = None
    visit_id: int | None = None
    what: Printed = Printed.SHEET
    pages: int = 0
    copies: int = 1
    printer: str = ""
    job: int | None = None
    state: PrintState = PrintState.SENT
    why: str = ""
    at: datetime | None = None
    by: int = 0


@dataclass(frozen=True, slots=True)
class Began:
    job: SheetPrint
    changes: Changes


def begin(store: ScheduleStore, actor: Actor, job: SheetPrint) -> Began:
    """Put on record that something is about to be sent, so that a desk that dies leaves a trace of it."""
    require(actor, Right.PRINT_SHEET)
    with store.write(actor) as unit:
        begun = unit.add(replace(job, state=PrintState.SENT, at=unit.at, by=actor.person_id))
        return Began(begun, unit.commit())


def finish(store: ScheduleStore, actor: Actor, job: SheetPrint, state: PrintState, why: str = "") -> Changes:
    """What became of it; said once. ``job``: as it was begun, or :func:`numbered`."""
    with store.write(actor) as unit:
        unit.save(replace(job, state=state, why=why))
        return unit.commit()


def numbered(store: ScheduleStore, actor: Actor, job: SheetPrint, number: int) -> SheetPrint:
    """The printing system has it, under a number by which it is found there; said once."""
    with store.write(actor) as unit:
        kept = unit.save(replace(job, job=number))
        unit.commit()
        return kept


def that_counts(jobs: Iterable[SheetPrint], now: datetime) -> SheetPrint | None:
    """Of the jobs of one paper, in order: one that is on paper, else the last; None where there is none."""
    sheets = [as_of(one, now) for one in jobs if one.what is not Printed.RECEIPT]
    on_paper = (one for one in sheets if one.state is PrintState.PRINTED)
    return next(on_paper, sheets[-1] if sheets else None)


def was_at_a_printer(jobs: Iterable[SheetPrint]) -> bool:
    """Whether a sheet may be on paper already, or a part of it: whatever comes now is another print."""
    return any(one.what is not Printed.RECEIPT and one.printer for one in jobs)


def as_of(job: SheetPrint, now: datetime) -> SheetPrint:
    """One that nobody finished for :data:`FORGOTTEN` is unknown."""
    forgotten = job.state is PrintState.SENT and job.at is not None and now - job.at > FORGOTTEN
    return replace(job, state=PrintState.UNKNOWN) if forgotten else job
