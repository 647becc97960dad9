"""A trail that ends too early, or whose last image was changed, is told on both databases."""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.trail import TrailHead
from clinic_desktop.people.model import Patient
from clinic_desktop.storage import check
from tests.small_clinic import SmallClinic
from tests.storage.forging import unguarded

HEAD = (
    "UPDATE head SET audit_id = (SELECT max(id) FROM audit),"
    " audit_hash = (SELECT hash FROM audit WHERE id = (SELECT max(id) FROM audit))"
)
LAST = "id = (SELECT max(id) FROM audit)"


@pytest.mark.parametrize(
    "statements",
    [
        [f"DELETE FROM audit WHERE {LAST}"],
        [f"DELETE FROM audit WHERE {LAST}", HEAD],  # the head moved as well: the record is ahead of its story
        [f"UPDATE audit SET after = replace(after, 'third', 'other') WHERE {LAST}"],
        [f"UPDATE audit SET after = NULL WHERE {LAST}"],
    ],
)
def test_of_several_changes_the_last_image_is_neither_cut_off_nor_changed(
    clinic: SmallClinic, statements: list[str]
) -> None:
    for notes in ("first", "second", "third"):
        with clinic.store.write(PROGRAM) as unit:
            unit.save(replace(unit.get(Patient, 1), notes=notes))
            unit.commit()
    assert check.findings(clinic.store.where) == []
    with clinic.store.read() as records:
        ((number, hashed),) = records.rows("SELECT audit_id, audit_hash FROM head")
    with unguarded(clinic.store.where) as direct:
        for sql in statements:
            direct.silent(sql)
    codes = {one.code for one in check.findings(clinic.store.where)}
    assert codes & {"audit", "records"}
    printed = TrailHead(number, hashed[:8])
    if "DELETE" in statements[0]:
        found = {one.code for one in check.findings(clinic.store.where, printed)}
        assert "printed" in found
