"""A text on its way to the patients, and the sheets of before in their own words [H12] [S21]."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Semaphore

import pytest

from clinic_desktop.aftercare import approving, sheets
from clinic_desktop.aftercare.approving import (
    TextName,
    ask_approval,
    delete_draft,
    refuse_text,
    withdraw,
    write_text,
)
from clinic_desktop.aftercare.day_sheets import Standing, sheets_on
from clinic_desktop.aftercare.parse import parse_template, shipped_source
from clinic_desktop.aftercare.problems import TextRefused
from clinic_desktop.aftercare.sheet_text import SheetText, TextStatus
from clinic_desktop.aftercare.sheets import hand_over, make_sheet, print_again, receipt
from clinic_desktop.aftercare.text_changes import Changed, ChangeKind, changes_between
from clinic_desktop.aftercare.texts import kept, text_for
from clinic_desktop.aftercare.texts_waiting import Texts, unapproved
from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.document import Document, RenderedPdf
from clinic_desktop.foundation.errors import BadInput, Refusal, RightMissing, StaleEdit
from clinic_desktop.people.model import Patient, Staff
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.treatment.request import WaitingText
from tests.aftercare.test_sheets import infused, infusion, text_of
from tests.at_once import at_once
from tests.small_clinic import MONDAY, SmallClinic, build

__all__ = ["infused"]  # the fixture of an infusion that is over

S = TextStatus
MANAGER = Actor(0, frozenset({Role.MANAGER}), "office")
IV = shipped_source("iv")
CALM = IV.replace("[15] Rest. Get up slowly.", "[15] Lie down for a while. Get up slowly.")
SECOND = TextName("iv", "en", 2)
DAY = timedelta(days=1)
WAIT = 5.0  # seconds, for a desk that never comes


@pytest.fixture
def house(tmp_path) -> SmallClinic:
    """The small clinic on a file: what no database has a say in."""
    clinic = build(tmp_path)
    yield clinic
    clinic.store.close()


def two_pages(_document: Document) -> RenderedPdf:
    return RenderedPdf(b"", 2)


def name_of(clinic: SmallClinic, number: int = 1, kind: str = "iv", language: str = "en") -> TextName:
    (kept,) = versions(clinic, kind, language, number) or [SheetText()]
    known = {one.kind: one for one in waiting(clinic) if one.language == language and one.number == number}
    shipped = kept.shipped if kept.id else known[kind].shipped
    return TextName(kind, language, number, shipped)


def versions(clinic: SmallClinic, kind: str = "iv", language: str = "en", *numbers: int) -> list[SheetText]:
    with clinic.store.read() as records:
        found = records.find(SheetText, kind=kind, language=language)
    return [one for one in found if one.number in numbers or not numbers]


def waiting(clinic: SmallClinic) -> list[WaitingText]:
    with clinic.store.read() as records:
        return list(Texts().waiting(records, clinic.clock.now()))


def approve(clinic: SmallClinic, name: TextName, *, day=None, reason="", actor=None, render=two_pages):
    return approving.approve(clinic.store, actor or clinic.prescriber, name, render, day, reason)


def put_before(clinic: SmallClinic, source: str = CALM, changed: str = "Lie down, in place of rest.") -> None:
    """A manager writes the next version and has it put before the prescribers."""
    text = write_text(clinic.store, MANAGER, source).text
    ask_approval(clinic.store, MANAGER, TextName(text.kind, text.language, text.number), changed)


def handed_out(clinic: SmallClinic, language: str = "en", days: int = 0):
    with clinic.store.read() as records:
        return text_for(records, "iv", language, MONDAY + days * DAY)


def translated(clinic: SmallClinic, status: TextStatus, number: int) -> SheetText:
    """A Spanish text of the clinic's own; what its words are is not asked here."""
    decided = {"decided_by": clinic.lin.id, "decided_at": clinic.clock.now(), "effective_from": MONDAY}
    with clinic.store.write(PROGRAM) as unit:
        text = unit.add(
            SheetText(kind="iv", language="es", number=number, source=IV, status=status, **decided)
        )
        unit.commit()
    return text


# Old sheets.


def test_h12_a_sheet_reprints_in_its_own_words_after_another_version(
    clinic: SmallClinic, infused: int
) -> None:
    """Version 1 as a draft, then approved, then version 2: each sheet stays what was handed out."""
    drafted = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    clinic.clock.at += timedelta(minutes=1)
    approve(clinic, name_of(clinic))
    first = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    put_before(clinic)
    approve(clinic, SECOND)
    second = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    with clinic.store.write(PROGRAM) as unit:  # who made and approved them are called otherwise by now
        for one in (clinic.maya, clinic.lin):
            unit.save(replace(unit.get(Staff, one.id), name="Another Name"))
        unit.commit()
    for made in (drafted, first, second):
        assert print_again(clinic.store, made.sheet, render_pdf).data == made.pdf.data
    words = [text_of(made.pdf.data) for made in (drafted, first, second)]
    assert ["Draft, not yet approved by the clinic" in one for one in words] == [True, False, False]
    assert ["Lie down for a while" in one for one in words] == [False, False, True]
    assert "English, version 1. Approved by Dr. Lin, November 16, 2026." in words[1]
    assert "English, version 2." in words[2]
    slip = text_of(receipt(clinic.store, first.sheet, render_pdf).data)
    assert "English, version 1, copy 2" in slip


def test_a_program_with_other_words_leaves_what_is_approved(house: SmallClinic, monkeypatch) -> None:
    approve(house, name_of(house))
    monkeypatch.setattr("clinic_desktop.aftercare.texts.shipped_source", lambda *_: CALM)
    assert (handed_out(house).text.number, handed_out(house).draft) == (1, False)
    (new,) = [one for one in waiting(house) if one.kind == "iv"]
    assert new.number == 2
    assert [name for name, _, _ in new.news] == ["15, rest and looking back"]
    approve(house, TextName("iv", "en", 2, new.shipped))
    assert handed_out(house).text.source == CALM


def test_a_sheet_in_withdrawn_words_is_not_handed_over(clinic: SmallClinic, infused: int) -> None:
    approve(clinic, name_of(clinic))
    sheet = make_sheet(clinic.store, clinic.nurse, infused, render_pdf).sheet
    with pytest.raises(BadInput, match="No other English text"):
        withdraw(clinic.store, clinic.prescriber, name_of(clinic), "a wrong phone")
    put_before(clinic)
    approve(clinic, SECOND)
    withdraw(clinic.store, clinic.prescriber, name_of(clinic), "a wrong phone")
    with clinic.store.read() as records:
        (line,) = sheets_on(records, MONDAY, clinic.clock.now())
    assert (line.standing, line.changed, line.to_make) == (Standing.UNTRUE, ("text",), True)
    with pytest.raises(Refusal, match="its text was withdrawn"):
        hand_over(clinic.store, clinic.nurse, sheet, "Bea Marsh")
    again = make_sheet(clinic.store, clinic.nurse, infused, render_pdf).sheet
    assert (again.template_version, again.draft) == (2, False)
    hand_over(clinic.store, clinic.nurse, again, "Bea Marsh")


def test_s21_the_list_says_that_a_sheet_would_be_in_english(clinic: SmallClinic, infused: int) -> None:
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, clinic.amara.id), language="es"))
        unit.commit()
    with clinic.store.read() as records:
        (line,) = sheets_on(records, MONDAY, clinic.clock.now())
    assert line.text[0].sentence().startswith("It is in English: no Spanish text of it is approved.")
    made = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    assert "Go over this with an interpreter." in text_of(made.pdf.data)


def test_two_desks_make_their_first_sheet_at_once(kept_clinic: SmallClinic, monkeypatch) -> None:
    """On a server: the second has chosen its text while that of the first is not there to be seen."""
    visit_id, chosen = infusion(kept_clinic), Semaphore(0)

    def keeps(unit, text: SheetText) -> SheetText:
        chosen.release()
        return kept(unit, text)

    def once_both_have_chosen(_document: Document) -> RenderedPdf:
        chosen.acquire(timeout=WAIT)
        chosen.acquire(timeout=WAIT)
        chosen.release(2)
        return RenderedPdf(b"", 2)

    monkeypatch.setattr(sheets, "kept", keeps)
    work = partial(make_sheet, kept_clinic.store, kept_clinic.nurse, visit_id, once_both_have_chosen)
    first, second = at_once(work, work)
    assert [one.sheet.text_id for one in (first, second)] == [versions(kept_clinic)[0].id] * 2


# Which text.


def test_english_of_the_program_is_handed_out_as_a_draft(house: SmallClinic) -> None:
    chosen = handed_out(house)
    assert (chosen.text.source, chosen.draft, chosen.why) == (IV, True, ())


def test_a_draft_of_the_clinic_is_not_handed_out(house: SmallClinic) -> None:
    put_before(house)
    assert handed_out(house).text.source == IV


def test_s21_a_translation_waits_for_its_approval_and_english_says_so(house: SmallClinic) -> None:
    for number, status in enumerate((S.DRAFT, S.ASKED, S.REFUSED, S.WITHDRAWN), 1):
        translated(house, status, number)
        chosen = handed_out(house, "es")
        assert chosen.text.language == "en"
        assert [one.sentence() for one in chosen.why] == [
            "It is in English: no Spanish text of it is approved. Go over it with an interpreter. Once a "
            "prescriber approves the Spanish text (Sheet texts), it is in Spanish."
        ]
    text = translated(house, S.APPROVED, 5)
    assert (handed_out(house, "es").text, handed_out(house, "es").why) == (text, ())


def test_a_text_is_handed_out_from_its_day_on_and_not_once_it_is_withdrawn(house: SmallClinic) -> None:
    approve(house, name_of(house))
    put_before(house)
    approve(house, SECOND, day=MONDAY + DAY)
    assert [handed_out(house, days=n).text.number for n in (0, 1, 2)] == [1, 2, 2]
    withdraw(house.store, house.prescriber, SECOND, "too long")
    assert handed_out(house, days=2).text.number == 1
    assert [one.status for one in versions(house)] == [S.APPROVED, S.WITHDRAWN]


def test_who_speaks_cantonese_is_not_given_the_mandarin_text(house: SmallClinic) -> None:
    with house.store.write(PROGRAM) as unit:
        decided = {"decided_by": house.lin.id, "effective_from": MONDAY, "status": S.APPROVED}
        unit.add(SheetText(kind="iv", language="zh-Hans", source=IV, **decided))
        unit.commit()
    assert [handed_out(house, one).text.language for one in ("zh", "yue", "")] == ["zh-Hans", "en", "en"]


# Writing and approving.


def test_a_manager_writes_and_asks_and_a_prescriber_approves(house: SmallClinic) -> None:
    put_before(house)
    with pytest.raises(RightMissing):
        approve(house, SECOND, actor=MANAGER)
    with pytest.raises(RightMissing):
        write_text(house.store, house.nurse, CALM)
    approve(house, SECOND)
    (kept,) = versions(house, "iv", "en", 2)
    assert (kept.status, kept.decided_by, kept.effective_from) == (S.APPROVED, house.lin.id, MONDAY)
    with pytest.raises(BadInput, match="Version 2 is decided: it is approved"):
        approve(house, SECOND)


def test_an_older_version_never_takes_the_place_of_a_newer_one(house: SmallClinic) -> None:
    put_before(house)
    put_before(house, CALM.replace("Lie down", "Sit down"), "Sit down, in place of lie down.")
    approve(house, replace(SECOND, number=3), day=MONDAY + DAY)
    for day in (MONDAY, MONDAY + 2 * DAY):
        with pytest.raises(Refusal, match="Version 3, which is newer, is approved from Tue, Nov 17"):
            approve(house, SECOND, day=day)
    refuse_text(house.store, house.prescriber, SECOND, "Version 3 says it better.")
    assert [one.status for one in versions(house, "iv", "en", 2, 3)] == [S.REFUSED, S.APPROVED]


def test_what_cannot_stand_is_not_kept(house: SmallClinic) -> None:
    with pytest.raises(TextRefused, match="statement 15"):
        write_text(house.store, MANAGER, IV.replace("[15]", "[9]"))
    with pytest.raises(BadInput, match="Nothing is new against version 1"):
        write_text(house.store, MANAGER, IV.replace("version: 1", "version: 7"))
    assert versions(house) == []


def test_a_draft_is_written_on_until_it_is_put_before_somebody(house: SmallClinic) -> None:
    draft = write_text(house.store, MANAGER, CALM).text
    more = write_text(house.store, MANAGER, CALM + "\n", over=draft).text
    assert (more.number, len(versions(house))) == (draft.number, 2)
    with pytest.raises(StaleEdit):
        write_text(house.store, MANAGER, CALM, over=draft)
    with pytest.raises(BadInput, match="still being written"):
        approve(house, SECOND)
    with pytest.raises(BadInput, match="what is new"):
        ask_approval(house.store, MANAGER, SECOND, " ")
    ask_approval(house.store, MANAGER, SECOND, "A line.")
    with pytest.raises(BadInput, match="is decided: it is asked"):
        write_text(house.store, MANAGER, CALM, over=versions(house, "iv", "en", 2)[0])


def test_a_text_that_is_refused_goes_back_with_words(house: SmallClinic) -> None:
    put_before(house)
    with pytest.raises(BadInput, match="Say why"):
        refuse_text(house.store, house.prescriber, SECOND, " ")
    refuse_text(house.store, house.prescriber, SECOND, "Say how long.")
    (kept,) = versions(house, "iv", "en", 2)
    assert (kept.status, kept.words) == (S.REFUSED, "Say how long.")
    assert handed_out(house).text.source == IV


def test_what_is_too_long_or_too_hard_needs_a_reason(house: SmallClinic) -> None:
    hard = CALM.replace(
        "Keep this sheet", "Notwithstanding considerable improvement, retain this information. " * 40
    )
    put_before(house, hard)
    with pytest.raises(Refusal) as refusal:
        approve(house, SECOND, render=lambda _: RenderedPdf(b"", 9))
    assert [one.code for one in refusal.value.findings] == ["text.pages", "text.grade"]
    approve(house, SECOND, reason="for the study", render=lambda _: RenderedPdf(b"", 9))
    assert versions(house, "iv", "en", 2)[0].words == "for the study"


def test_shipped_texts_are_approved_without_a_reason(house: SmallClinic) -> None:
    """Also the longest sheet has room, in both sizes."""
    for one in waiting(house):
        approve(house, TextName(one.kind, one.language, one.number, one.shipped), render=render_pdf)
    with house.store.read() as records:
        assert unapproved(records, house.clock.now()) == []


def test_no_text_is_handed_out_from_yesterday_on(house: SmallClinic) -> None:
    with pytest.raises(BadInput, match="from today at the earliest"):
        approve(house, name_of(house), day=MONDAY - DAY)


def test_a_language_without_words_around_the_text_is_not_approved(house: SmallClinic) -> None:
    put_before(house, IV.replace("language: en", "language: sw"))
    with pytest.raises(Refusal, match="cannot be set in Swahili"):
        approve(house, TextName("iv", "sw", 1), reason="we need it")


# What waits.


def test_each_english_text_in_use_waits_until_somebody_decides(house: SmallClinic) -> None:
    after = ["iv", "iv-pain", "im", "kap", "spravato"]
    kinds = [*after, "receipt", "course-card", *(f"prep-{kind}" for kind in after)]
    assert [(one.kind, one.number) for one in waiting(house)] == [(kind, 1) for kind in kinds]
    with house.store.read() as records:
        assert unapproved(records, house.clock.now()) == kinds
    approve(house, name_of(house))
    refuse_text(house.store, house.prescriber, name_of(house, kind="receipt"), "no")
    assert [one.kind for one in waiting(house)] == [one for one in kinds if one not in ("iv", "receipt")]


def test_an_answer_is_given_to_the_words_that_were_read(house: SmallClinic) -> None:
    """Somebody else took the number meanwhile."""
    read = name_of(house)
    with house.store.write(PROGRAM) as unit:
        unit.add(SheetText(kind="iv", source=CALM, status=S.ASKED))
        unit.commit()
    with pytest.raises(BadInput, match="Look at the texts again"):
        approve(house, read)


def test_what_is_new_is_said_statement_by_statement() -> None:
    shorter = CALM.replace("- [13] blood in your pee\n", "")
    found = changes_between(parse_template(IV, "a"), parse_template(shorter, "b"))
    assert [(one.number, one.kind) for one in found] == [(13, ChangeKind.REWORDED), (15, ChangeKind.REWORDED)]
    assert "blood in your pee" in found[0].old
    assert "Lie down for a while." in found[1].new
    one_less = replace(parse_template(IV, "a"), blocks=parse_template(IV, "a").blocks[:1])
    assert ChangeKind.REMOVED in {one.kind for one in changes_between(parse_template(IV, "a"), one_less)}


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ("Rest. Get up slowly.", "Lie down. Get up slowly.", [("Rest.", "Lie down.")]),
        ("Rest. Eat.", "Rest. Drink water. Eat.", [("", "Drink water.")]),
        ("Rest. Drink water. Eat.", "Rest. Eat.", [("Drink water.", "")]),
        ("", "Rest. Eat.", [("", "Rest."), ("", "Eat.")]),
        ("休息。慢慢起来。", "躺下。慢慢起来。", [("休息。", "躺下。")]),
        ("Rest.  Eat.", "Rest. Eat.", [("Rest.  Eat.", "Rest. Eat.")]),
    ],
)
def test_only_the_sentences_that_are_others_are_told(
    old: str, new: str, pairs: list[tuple[str, str]]
) -> None:
    assert list(Changed(15, ChangeKind.REWORDED, old, new).sentences) == pairs


def test_a_draft_of_the_clinic_is_deleted_by_whoever_writes(house: SmallClinic) -> None:
    draft = write_text(house.store, MANAGER, CALM).text
    with pytest.raises(RightMissing):
        delete_draft(house.store, house.nurse, draft)
    newer = write_text(house.store, MANAGER, CALM.replace("while", "time"), over=draft).text
    with pytest.raises(StaleEdit):
        delete_draft(house.store, MANAGER, draft)
    delete_draft(house.store, MANAGER, newer)
    assert [one.number for one in versions(house)] == [1]


def test_what_was_put_before_anybody_is_never_deleted(house: SmallClinic) -> None:
    put_before(house)
    shipped, asked = versions(house)
    with pytest.raises(BadInput, match="Version 1 comes with the program and stays"):
        delete_draft(house.store, MANAGER, shipped)
    with pytest.raises(BadInput, match="Version 2 is decided: it is asked"):
        delete_draft(house.store, MANAGER, asked)
    approve(house, SECOND)
    with pytest.raises(BadInput, match="Version 2 is decided"):
        delete_draft(house.store, MANAGER, asked)
    assert len(versions(house)) == 2
