"""Writing a patient's whole record into files that only their owner reads, in full or not at all."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.document import RenderPdf
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.private_file import write_private
from clinic_desktop.record.gather import RecordStore, WholeRecord, take_record
from clinic_desktop.record.pages import render_record

NOT_WRITTEN = "{file} could not be written: {why}. Choose another place."


@dataclass(frozen=True, slots=True)
class Given:
    """What was written; ``pages`` of the PDF, 0 without one."""

    files: tuple[Path, ...]
    pages: int


def give_record(
    store: RecordStore,
    actor: Actor,
    patient_id: int,
    render: RenderPdf,
    *,
    json_file: Path | None = None,
    pdf_file: Path | None = None,
) -> Given:
    """The record into the named files, one at least. The trail has it first; so it says too much rather than
    too little where the disk then fails. Raises :class:`EnvironmentFailure` where one cannot be written.
    """
    wanted = {"json": json_file, "pdf": pdf_file}
    record = take_record(store, actor, patient_id, [kind for kind, file in wanted.items() if file])
    return _written(record, render, json_file, pdf_file)


def give_into(store: RecordStore, actor: Actor, patient_id: int, render: RenderPdf, folder: Path) -> Given:
    """Both files into a folder, under names that tell nothing but the chart number and the day. A file that
    is there is never written over."""
    record = take_record(store, actor, patient_id, ["json", "pdf"])
    day = local_day(store.clock.now(), str(record.content["zone"]))
    return _written(record, render, *free_names(folder, record, day))


def _written(record: WholeRecord, render: RenderPdf, json_file: Path | None, pdf_file: Path | None) -> Given:
    pdf = render_record(record, render) if pdf_file else None
    if json_file is not None:
        _write(json_file, record.as_json())
    if pdf_file is not None and pdf is not None:
        _write(pdf_file, pdf.data)
    files = tuple(file for file in (json_file, pdf_file) if file is not None)
    return Given(files, pdf.page_count if pdf else 0)


def free_names(folder: Path, record: WholeRecord, day: date) -> tuple[Path, Path]:
    chart = re.sub(r"[^A-Za-z0-9-]+", "-", record.chart_number).strip("-") or "patient"
    number = 1
    while True:
        stem = f"record-{chart}-{day.isoformat()}" + (f"-{number}" if number > 1 else "")
        files = folder / f"{stem}.json", folder / f"{stem}.pdf"
        if not any(one.exists() for one in files):
            return files
        number += 1


def _write(file: Path, data: bytes) -> None:
    try:
        write_private(file, data)
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        raise EnvironmentFailure(NOT_WRITTEN.format(file=file.name, why=why)) from problem
