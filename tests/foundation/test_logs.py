"""The log and the terminal hold no patient and no password, whatever goes wrong."""

import logging
import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from clinic_desktop.__main__ import main
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.logs import start_log
from clinic_desktop.people import patients
from clinic_desktop.people.import_patients import import_file
from clinic_desktop.people.model import Address, Contact, Patient, Phone
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.record.give import give_into
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.messages import Message
from clinic_desktop.storage.store import open_store
from clinic_desktop.ui.failure import describe
from tests.small_clinic import SmallClinic

WHO = Patient(
    given_name="Marguerite",
    family_name="Thibodeaux",
    birth_date=date(1971, 3, 9),
    phones=(Phone("(504) 555-0176"),),
    email="m.thibodeaux71@example.org",
    address=Address("4417 Delachaise Street", "New Orleans", "LA", "70115"),
    emergency=Contact("Auguste Thibodeaux", "husband", "(504) 555-0177"),
    allergies="penicillin, hives",
    notes="suicide attempt in 2019, speaks of it openly",
)
PASSWORD = "Spring!Clinic2026"
SECRETS = (
    *("Marguerite", "Thibodeaux", "1971-03-09", "555-0176", "thibodeaux71", "Delachaise", "Auguste"),
    *("penicillin", "suicide", PASSWORD, "Spring!", "hunter2horse"),
)


@pytest.mark.logs_errors
def test_neither_the_log_nor_the_terminal_holds_a_patient_or_a_password(
    file_clinic: SmallClinic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    clinic = file_clinic
    log = start_log(tmp_path, logging.DEBUG)
    ours = logging.getLogger("clinic_desktop.test")
    who = patients.create(clinic.store, clinic.desk, WHO).patient
    book(clinic.store, clinic.desk, clinic.wish("CON", patient_id=who.id))
    refused = (
        lambda: patients.create(clinic.store, clinic.desk, replace(WHO, email="Thibodeaux at home")),
        lambda: patients.create(clinic.store, clinic.desk, replace(WHO, notes="SSN 512-34-6789 Marguerite")),
        lambda: book(clinic.store, clinic.desk, clinic.wish("CON", patient_id=who.id)),
        lambda: patients.edit(clinic.store, clinic.desk, replace(who, version=99, notes="penicillin")),
        lambda: import_file(
            clinic.store, clinic.desk, b"Name,Notes\nMarguerite Thibodeaux,suicide\n", {"x": "y"}
        ),
        lambda: open_store(f"postgresql://desk:{PASSWORD}@127.0.0.1:1/clinic"),
        lambda: open_store("postgresql://desk@127.0.0.1:1/clinic"),
        lambda: _unstorable(clinic),
        _bug,
    )
    monkeypatch.setenv("PGPASSWORD", "hunter2horse")
    for step in refused:
        try:
            step()
        except Exception as problem:
            ours.exception("it went wrong")
            ours.error("as a screen tells it: %s", describe(problem))
        else:
            pytest.fail("nothing went wrong")
    give_into(clinic.store, clinic.prescriber, who.id, render_pdf, tmp_path)
    clinic.store.close()
    path = Path(str(clinic.store.where))
    with closing(sqlite3.connect(path)) as file:
        file.execute("UPDATE patient SET notes = CAST(X'73756963696465FFFE' AS TEXT)")
        file.commit()
    capfd.readouterr()
    monkeypatch.setenv("CLINIC_DESKTOP_HOME", str(tmp_path))
    for command in (
        ["--data", str(path), "record", who.chart_number, "--json", str(tmp_path / "r.json")],
        ["--data", f"postgresql://desk:{PASSWORD}@127.0.0.1:1/x", "check"],
        ["--data", "postgresql://desk@127.0.0.1:1/x", "day", "2026-11-16"],
    ):
        with suppress(SystemExit):
            assert main(command) != 0
    out, err = capfd.readouterr()
    logged = log.read_text(encoding="utf-8")
    assert "it went wrong" in logged
    assert "ZeroDivisionError" in logged
    for secret in SECRETS:
        assert secret not in logged, secret
        assert secret not in err, secret
        assert secret not in out, secret


def _unstorable(clinic: SmallClinic) -> None:
    """What a driver says of a statement holds its values."""
    with clinic.store.write(PROGRAM) as unit:
        unit.add(Message(patient_id=10**30, text="Marguerite Thibodeaux called: suicide", taken_at=unit.at))


def _bug() -> None:
    patient = f"Marguerite Thibodeaux {PASSWORD}"
    try:
        raise ValueError(patient)
    except ValueError as problem:
        raise ZeroDivisionError(patient) from problem
