"""The trail from the command line: saved as a table, and compared with what a sheet says."""

import csv
import json
from pathlib import Path

from clinic_desktop.storage.store import open_store
from tests.cli.conftest import OnFile, Run
from tests.storage.conftest import beside
from tests.storage.test_check import past_the_triggers


def test_the_trail_is_saved_and_a_printed_head_is_compared(run: Run, monday: OnFile, tmp_path: Path) -> None:
    store = open_store(monday.path)
    with store.read() as records:
        head = records.trail_head()
    store.close()
    typed = f"{head.number}:{head.hashed[:8]}"
    assert run("--data", monday.path, "check", "--trail", typed).status == 0
    wrong = run("--data", monday.path, "check", "--trail", f"{head.number}:00000000", "--json")
    assert [one["code"] for one in json.loads(wrong.out)["findings"]] == ["printed"]
    assert run("--data", monday.path, "check", "--trail", "soon").status == 2

    for option, file in (("--csv", tmp_path / "t.csv"), ("--jsonl", tmp_path / "t.jsonl")):
        assert run("--data", monday.path, "trail", option, file).status == 0
    rows = list(csv.DictReader((tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()))
    assert [int(one["entry"]) for one in rows] == list(range(head.number, 0, -1))
    newest = json.loads((tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert (newest["action"], newest["kind"]) == ("exported", "audit")
    dated = ("--from", "2001-01-01", "--to", "2001-01-02", "--csv", tmp_path / "none.csv", "--json")
    assert json.loads(run("--data", monday.path, "trail", *dated).out)["entries"] == 0


def test_what_was_looked_into_is_accepted_and_told_as_that(run: Run, monday: OnFile) -> None:
    with beside(monday.path) as direct:
        past_the_triggers(direct, "UPDATE patient SET notes = 'forged' WHERE id = 2")
    here = ("--data", monday.path, "check")
    assert run(*here).status == 1
    done = run(*here, "--accept", "Put in by hand", "--json")
    assert (done.status, done.json["ok"], done.json["findings"]) == (0, True, [])
    (said,) = done.json["accepted"]
    assert said.startswith("patient 2: ")
    assert said.endswith("by the program because: Put in by hand")
    assert run(*here).out.startswith("All is well, but for what was accepted.\naccepted: patient 2: ")
    again = run(*here, "--accept", "Once more")
    assert (again.status, "Everything holds: there is nothing to accept." in again.err) == (2, True)
