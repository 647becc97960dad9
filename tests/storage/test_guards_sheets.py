"""Whatever program writes: words that were used stay, and only approved words are on a sheet."""

from datetime import timedelta

import pytest

from clinic_desktop.aftercare.approving import delete_draft, write_text
from clinic_desktop.aftercare.parse import shipped_source
from clinic_desktop.aftercare.sheet_text import SheetText, TextStatus
from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.scheduling.booking import book
from clinic_desktop.storage.sheet_guard import NOT_HANDED_OUT, WORDS_STAY
from clinic_desktop.treatment.printed import SheetPrint
from tests.small_clinic import MONDAY, SmallClinic

S = TextStatus
COLUMNS = (
    "version, visit_id, kind, language, text_id, template_version, draft, facts, made_by, made_name,"
    " copy_number, handed_to"
)


@pytest.fixture
def visit_id(clinic: SmallClinic) -> int:
    return book(clinic.store, clinic.desk, clinic.wish()).visits[0].id


def keep(clinic: SmallClinic, text: SheetText) -> SheetText:
    with clinic.store.write(PROGRAM) as unit:
        kept = unit.add(text)
        unit.commit()
    return kept


def sheet(visit_id: int, text: SheetText) -> str:
    says = f"1, {visit_id}, '{text.kind}', '{text.language}', {text.id}, 1, false, '{{}}', 1, '', 1, ''"
    return f"INSERT INTO sheet ({COLUMNS}) VALUES ({says})"


def decided(clinic: SmallClinic, status: TextStatus, number: int = 1, language: str = "es") -> SheetText:
    by = clinic.maya.id
    return SheetText(
        kind="iv", language=language, number=number, status=status, decided_by=by, effective_from=MONDAY
    )


def test_s21_a_text_that_is_not_approved_is_on_no_sheet(clinic, visit_id, direct):
    """A translation never before its approval; English as a draft only in the words of the program."""
    own = keep(clinic, SheetText(kind="iv"))
    shipped = keep(clinic, SheetText(kind="iv", language="es", shipped="5a1c"))
    for text in (own, shipped, *(keep(clinic, decided(clinic, s, n)) for n, s in enumerate(S, 2))):
        if text.status is not S.APPROVED:
            assert NOT_HANDED_OUT in direct.refused(sheet(visit_id, text))
    assert direct.run("SELECT * FROM sheet") == []
    direct.run(sheet(visit_id, keep(clinic, decided(clinic, S.APPROVED, 9))))
    direct.run(sheet(visit_id, keep(clinic, SheetText(kind="iv", number=2, shipped="5a1c"))))


def test_s21_neither_is_the_page_for_the_escort(clinic, visit_id, direct):
    text = keep(clinic, decided(clinic, S.APPROVED, 9))
    own = keep(clinic, SheetText(kind="escort"))
    shipped = keep(clinic, SheetText(kind="escort", number=2, shipped="5a1c"))
    with_page = sheet(visit_id, text).replace("handed_to)", "handed_to, escort_text_id)")
    for page in (own, text):
        assert NOT_HANDED_OUT in direct.refused(with_page.replace(", '')", f", '', {page.id})"))
    direct.run(with_page.replace(", '')", f", '', {shipped.id})"))


def test_s21_nor_on_what_is_read_before_a_visit(clinic, visit_id, direct, owner):
    own = keep(clinic, SheetText(kind="prep-iv"))
    shipped = keep(clinic, SheetText(kind="prep-iv", number=2, shipped="5a1c"))
    columns = COLUMNS.replace("template_version, ", "").replace(", handed_to", "")

    def preparation(text: SheetText) -> str:
        says = f"1, {visit_id}, 'prep-iv', 'en', {text.id}, false, '{{}}', 1, '', 1"
        return f"INSERT INTO preparation ({columns}) VALUES ({says})"

    assert NOT_HANDED_OUT in direct.refused(preparation(own))
    direct.run(preparation(shipped))
    assert WORDS_STAY in owner.refused("UPDATE preparation SET kind = 'prep-spravato'")


def test_s21_nor_on_a_course_card(clinic, visit_id, direct, owner):
    own = keep(clinic, SheetText(kind="course-card"))
    other = keep(clinic, SheetText(kind="iv", shipped="77b0"))
    shipped = keep(clinic, SheetText(kind="course-card", number=2, shipped="5a1c"))

    def card(text: SheetText) -> str:
        says = f"1, {clinic.amara.id}, '[]', 1, {text.id}, '{{}}'"
        return f"INSERT INTO paper (version, patient_id, named, made_by, text_id, facts) VALUES ({says})"

    for text in (own, other):
        assert NOT_HANDED_OUT in direct.refused(card(text))
    direct.run(card(shipped))
    for who in (direct, owner):
        assert WORDS_STAY in who.refused("""UPDATE paper SET facts = '{"cards": []}'""")


def test_a_sheet_keeps_its_words_and_its_facts(clinic, visit_id, direct, owner):
    text = keep(clinic, SheetText(kind="iv", shipped="5a1c"))
    other = keep(clinic, SheetText(kind="iv", number=2, shipped="77b0"))
    with clinic.store.write(PROGRAM) as unit:
        unit.add(Sheet(visit_id=visit_id, kind="iv", text_id=text.id, facts={"drive": "Wednesday"}))
        unit.commit()
    for who in (direct, owner):
        for change in ("""facts = '{"drive": "today"}'""", f"text_id = {other.id}", "kind = 'spravato'"):
            assert WORDS_STAY in who.refused(f"UPDATE sheet SET {change}")
    direct.run("UPDATE sheet SET handed_to = 'Bea Marsh'")


def test_only_a_draft_of_the_clinic_is_written_on(clinic, direct, owner):
    draft = keep(clinic, SheetText(kind="iv", source="Rest."))
    direct.run(f"UPDATE sheet_text SET source = 'Rest well.' WHERE id = {draft.id}")
    shipped = keep(clinic, SheetText(kind="iv", number=2, source="Rest.", shipped="5a1c"))
    others = [keep(clinic, decided(clinic, status, n, "en")) for n, status in enumerate(list(S)[1:], 3)]
    for text in (shipped, *others):
        for who in (direct, owner):
            assert WORDS_STAY in who.refused(f"UPDATE sheet_text SET source = 'Drive.' WHERE id = {text.id}")


def test_what_was_decided_of_a_text_is_only_ever_withdrawn(clinic, direct):
    approved, refused = keep(clinic, decided(clinic, S.APPROVED)), keep(clinic, decided(clinic, S.REFUSED, 2))
    later = (MONDAY + timedelta(days=9)).isoformat()
    for text, change in (
        (approved, "status = 'draft'"),
        (approved, "status = 'withdrawn', decided_name = 'somebody'"),
        (approved, f"effective_from = '{later}'"),
        (refused, "status = 'approved'"),
    ):
        assert WORDS_STAY in direct.refused(f"UPDATE sheet_text SET {change} WHERE id = {text.id}")
    direct.run(f"UPDATE sheet_text SET status = 'withdrawn' WHERE id = {approved.id}")
    direct.refused(f"UPDATE sheet_text SET status = 'approved' WHERE id = {approved.id}")


def test_nothing_is_approved_by_nobody_or_from_no_day(clinic, direct):
    text = keep(clinic, SheetText(kind="iv"))
    for change in (
        "status = 'approved', effective_from = '2026-11-16'",
        f"status = 'approved', decided_by = {clinic.maya.id}",
        "status = 'refused'",
    ):
        direct.refused(f"UPDATE sheet_text SET {change} WHERE id = {text.id}")


def test_what_became_of_a_job_is_said_once(clinic, visit_id, direct):
    with clinic.store.write(PROGRAM) as unit:
        unit.add(SheetPrint(visit_id=visit_id, printer="front"))
        unit.commit()
    assert WORDS_STAY in direct.refused("UPDATE sheet_print SET printer = 'back'")
    direct.run("UPDATE sheet_print SET job = 12")
    assert WORDS_STAY in direct.refused("UPDATE sheet_print SET job = 13")
    assert WORDS_STAY in direct.refused("UPDATE sheet_print SET job = NULL")
    direct.run("UPDATE sheet_print SET state = 'failed', why = 'out of paper'")
    assert WORDS_STAY in direct.refused("UPDATE sheet_print SET state = 'printed'")


def test_only_a_draft_of_the_clinic_is_deleted(clinic, direct, owner):
    """What was put before anybody stays for good, whoever writes; and so does what comes with the program."""
    draft = keep(clinic, SheetText(kind="iv", source="Rest."))
    shipped = keep(clinic, SheetText(kind="iv", number=2, source="Rest.", shipped="5a1c"))
    others = [keep(clinic, decided(clinic, status, n, "en")) for n, status in enumerate(list(S)[1:], 3)]
    for text in (shipped, *others):
        for who in (direct, owner):
            said = who.refused(f"DELETE FROM sheet_text WHERE id = {text.id}")
            assert "kept for good" in said, said
    direct.run(f"DELETE FROM sheet_text WHERE id = {draft.id}")
    with clinic.store.read() as records:
        assert len(records.find(SheetText)) == 1 + len(others)


def test_the_trace_of_a_deleted_draft_stays(clinic, direct):
    """Its words, and who deleted it: in the audit, which nobody rewrites."""
    manager = Actor(clinic.maya.id, frozenset({Role.MANAGER}), "office")
    draft = write_text(clinic.store, manager, shipped_source("iv").replace("Rest.", "Lie down.")).text
    delete_draft(clinic.store, manager, draft)
    columns = "action, kind, record_id, person_id, before"
    (row,) = direct.run(f"SELECT {columns} FROM audit ORDER BY id DESC LIMIT 1")
    assert tuple(row)[:4] == ("remove", "sheet_text", draft.id, clinic.maya.id)
    assert "Lie down." in str(tuple(row)[4])
