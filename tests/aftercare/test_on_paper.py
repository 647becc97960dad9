"""Every text that ships on every paper it may be printed on, read back: what it says, and its shape."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
import zxingcpp

from clinic_desktop.aftercare.phrases import PHRASES
from clinic_desktop.aftercare.values import BEFORE_TREATMENT, SheetKind
from clinic_desktop.foundation.document import (
    Block,
    Box,
    BoxKind,
    Heading,
    PageSize,
    Run,
    Signature,
    Table,
)
from clinic_desktop.printing.letters import TIE
from clinic_desktop.printing.pdf import render_pdf
from tests.aftercare.papers import (
    ALL,
    CLINIC,
    DRIVER,
    FIRST_NAME,
    FORMS,
    PATIENT,
    Paper,
    composed,
    each_once,
    infused,
    printed,
    some_of_each,
)
from tests.aftercare.said_in import SAID, Said
from tests.every_case import EVERY_CASE
from tests.printing.read_aloud import outline, poppler
from tests.printing.reading import actual_texts, letters, pages, pictures, raw_pages

COMPLETE = ("en", "es")
POINTS = {PageSize.LETTER: (612, 792), PageSize.A4: (595, 842)}
MOST = {False: 2, True: 4}
MOST_ESCORT = {False: 1, True: 2}
PHONES = [phone.number for phone in CLINIC.phones]
EMERGENCY = ("911", "988")
TEXTS = sorted({(one.kind, one.language) for one in ALL})
every_text = pytest.mark.parametrize(("kind", "language"), TEXTS, ids=lambda one: one)
once = pytest.mark.parametrize("paper", each_once(), ids=str)
# What hangs on the kind, on the language and on the size, but not on which of them meet.
some = pytest.mark.parametrize("paper", each_once() if EVERY_CASE else some_of_each(), ids=str)


@cache
def shown(paper: Paper) -> tuple[str, ...]:
    """The letters of each page. Where both directions meet it is for a reader to guess their order."""
    return tuple(map(letters, pages(printed(paper))))


def papers(kind: str, language: str) -> list[Paper]:
    """All papers of a text in the complete languages; of the drafts one each, or all if so wished."""
    there = ALL if EVERY_CASE or language in COMPLETE else each_once()
    return [one for one in there if (one.kind, one.language) == (kind, language)]


def in_words(language: str, *facts: str) -> list[str]:
    """As they are looked for on a page: in Arabic word by word."""
    if language == "ar":
        facts = tuple(part.strip("،.") for one in facts for part in one.split())
    return list(map(letters, facts))


def test_nothing_that_ships_is_left_out() -> None:
    assert len(ALL) == 12 * 8 * 2 * 2
    assert {(one.kind, one.language) for one in each_once()} == {(one.kind, one.language) for one in ALL}
    for size in PageSize:
        for large in (False, True):
            alike = [one for one in each_once() if (one.size, one.large) == (size, large)]
            assert {one.kind for one in alike} == {one.kind for one in ALL}
            assert {one.language for one in alike} == {one.language for one in ALL}
    for what in ("kind", "language", "size", "large"):
        assert {getattr(one, what) for one in some_of_each()} == {getattr(one, what) for one in ALL}


@every_text
def test_it_says_what_is_on_record_in_its_language(kind: str, language: str) -> None:
    for paper in papers(kind, language):
        words = "".join(shown(paper))
        if language == "ar":
            words += letters(" ".join(actual_texts(printed(paper))))
        missing = [fact for fact in facts_of(paper, SAID[language]) if letters(fact) not in words]
        assert missing == [], paper


def facts_of(paper: Paper, said: Said) -> Iterator[str]:
    """Everything of the record that the paper tells, in words."""
    if paper.kind == SheetKind.ESCORT:
        yield FIRST_NAME
    else:
        yield from (PATIENT, DRIVER.name, said.long["09-29"], said.born)
    if paper.kind == SheetKind.RECEIPT:
        yield from (said.clock["12:20"], "Wilhelmina Featherstonehaugh", "Maya Jones-Abernathy")
        return
    yield from PHONES
    yield from before(paper, said) if paper.kind in BEFORE_TREATMENT else after(paper, said)


def after(paper: Paper, said: Said) -> Iterator[str]:
    """Driving after 24 hours or on the next day, choices after 48, alcohol after 72, an adult for 8."""
    by_infusion = paper.kind == SheetKind.ESCORT or infused(paper.kind)
    ended, adult = ("12:11", "20:11") if by_infusion else ("10:31", "18:31")

    def moment(day: str, time: str) -> str:
        return said.moment.format(day=said.near[day], time=said.clock[time]).removesuffix(".")

    yield from EMERGENCY
    yield from (moment("10-02", ended), moment("10-01", ended), moment("09-29", adult))
    if paper.kind == SheetKind.ESCORT:
        yield moment("09-30", ended)
        return
    yield said.long["09-30"]
    if paper.kind != SheetKind.SPRAVATO:
        yield said.clock[ended]
    for day in ("10-06", "10-13", "10-20", "10-27"):
        yield said.moment.format(day=said.long[day], time=said.clock["14:30"])


def before(paper: Paper, said: Said) -> Iterator[str]:
    """Food 6 hours before 10:31, drinks 2, a nasal spray 1, alcohol 24, the last change 48."""
    times = [("09-29", "04:31"), ("09-29", "08:31"), ("09-28", "10:31"), ("09-27", "10:31")]
    if paper.kind == SheetKind.PREP_SPRAVATO:
        times.append(("09-29", "09:31"))
    for day, time in times:
        yield said.moment.format(day=said.near[day], time=said.clock[time]).removesuffix(".")
    yield from (said.clock["10:31"].removesuffix("."), said.clock["10:16"].removesuffix("."), *FORMS)


@every_text
def test_it_keeps_to_its_pages_and_its_paper(kind: str, language: str) -> None:
    for paper in papers(kind, language):
        pdf, document = printed(paper), composed(paper)
        most = (MOST_ESCORT if kind == SheetKind.ESCORT else MOST)[paper.large]
        assert 1 <= pdf.page_count <= most, paper
        assert document.body_pt == (18 if paper.large else 12)
        file = pdfium.PdfDocument(pdf.data)
        try:
            assert {tuple(map(round, page.get_size())) for page in file} == {POINTS[paper.size]}
            assert file.get_metadata_dict()["Title"] == document.title
            assert file.is_tagged()
        finally:
            file.close()
        assert f"/Lang ({language})".encode() in pdf.data


@every_text
def test_what_must_not_be_missed_is_on_the_first_page(kind: str, language: str) -> None:
    """Until when, and whom to call. Before a treatment: until when to eat."""
    said = SAID[language]
    if kind == SheetKind.RECEIPT:
        return
    if kind in BEFORE_TREATMENT:
        asked = [said.near["09-29"], said.clock["04:31"].removesuffix(".")]
    else:
        asked = ["911", said.near["09-30"] if kind == SheetKind.ESCORT else said.long["09-30"]]
    for paper in papers(kind, language):
        boxes = [one.kind for one in composed(paper).blocks if isinstance(one, Box)]
        assert boxes[0] is BoxKind.DANGER
        assert boxes.count(BoxKind.DANGER) == 1
        assert [one for one in in_words(language, *asked) if one not in shown(paper)[0]] == [], paper


@every_text
def test_each_page_says_its_version_and_which_of_how_many_it_is(kind: str, language: str) -> None:
    said = SAID[language]
    for paper in papers(kind, language):
        found = shown(paper)
        for number, page in enumerate(found, start=1):
            asked = [said.page.format(page=number, pages=len(found)), said.made, said.clock["12:20"]]
            if kind != SheetKind.RECEIPT:  # it names the version of the sheet that was handed over
                asked.append(said.version)
            assert [one for one in in_words(language, *asked) if one not in page] == [], paper


@pytest.mark.parametrize("paper", [one for one in ALL if one.kind == SheetKind.RECEIPT], ids=str)
def test_patient_escort_and_nurse_sign_the_receipt(paper: Paper) -> None:
    signed = [one for one in composed(paper).blocks if isinstance(one, Signature)]
    under = [" ".join(part.text for part in one.words if isinstance(part, Run)) for one in signed]
    assert len(signed) == 3
    assert all(one.beside for one in signed)
    assert (PATIENT in under[0], DRIVER.name in under[1]) == (True, True)
    version = in_words(paper.language, SAID[paper.language].version.rstrip("。."))
    assert [one for one in version if one not in "".join(shown(paper))] == []


@pytest.mark.parametrize(
    "paper",
    [one for one in each_once() if one.kind == SheetKind.IV and one.language in ("en", "es", "ar")],
    ids=str,
)
def test_a_phone_reads_both_codes_from_the_paper(paper: Paper) -> None:
    found = [one.text for page in pictures(printed(paper)) for one in zxingcpp.read_barcodes(page)]
    assert any("BEGIN:VEVENT" in one and "20261006T193000Z" in one for one in found)
    assert "tel:+15125550100" in found
    assert len(found) == 2


@once
def test_no_line_ends_within_a_time_nor_between_a_month_and_its_day(paper: Paper) -> None:
    """ "8" at a line's end and "AM to 6 PM" on the next is no time."""
    said = SAID[paper.language]
    facts = [time for phone in CLINIC.phones for time in re.findall(r"\d+ [AP]M", phone.hours)]
    assert facts
    if paper.language != "ar":  # in which order its words are found is for a reader to guess
        days = (day_and_month(paper.language, day) for day in said.near.values())
        facts += [said.born, *said.clock.values(), *days]
        if paper.large:
            facts.append(f"{PHRASES[paper.language].visit}: {said.long['09-29'].split()[0]}")
    whole = "\n".join(raw_pages(printed(paper)))
    assert [fact for fact in facts if is_parted(fact, whole)] == []


def day_and_month(language: str, near: str) -> str:
    if language == "zh-Hans":
        return near[:-3]
    if language == "ko":
        return near.rsplit(" ", 1)[0]
    return near.split(" " if language == "ht" else ", ", 1)[1]


def is_parted(fact: str, text: str) -> bool:
    found = re.finditer(r"\s*".join(re.escape(one) for one in fact if one != " "), text)
    return any("\n" in one[0] for one in found)


@once
def test_no_number_to_call_stands_on_a_line_alone(paper: Paper) -> None:
    lines = [line.strip() for page in raw_pages(printed(paper)) for line in page.splitlines()]
    assert not {"911", "988"} & set(lines)


@some
def test_the_same_record_makes_the_same_bytes(paper: Paper) -> None:
    assert render_pdf(composed(paper)) == printed(paper)


@poppler
@some
def test_a_screen_reader_goes_from_heading_to_heading_in_their_order(paper: Paper, tmp_path) -> None:
    asked = list(headings(composed(paper).blocks))
    told = [line.split(" ", 1) for line in outline(printed(paper), tmp_path)]
    found = [(tag, letters(words)) for tag, words in told if tag[0] == "H"]
    wanted = [(f"H{level}", letters(words)) for level, words in asked]
    if paper.language == "ar":  # poppler tells what is drawn; the file says in which order it is read
        found, wanted = ([(tag, "".join(sorted(words))) for tag, words in one] for one in (found, wanted))
        read = iter(actual_texts(printed(paper)))
        assert all(any(" ".join(one.split()) == words for one in read) for _, words in asked)
    assert found == wanted
    levels = [level for level, _ in asked]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(then <= one + 1 for one, then in pairwise(levels)), "no level is jumped over"


def headings(blocks: tuple[Block, ...]) -> Iterator[tuple[int, str]]:
    for block in blocks:
        if isinstance(block, Heading):
            words = "".join(one.text for one in block.words if isinstance(one, Run))
            yield block.level, words.replace(TIE, " ")
        elif isinstance(block, Box):
            yield from headings(block.blocks)
        elif isinstance(block, Table):
            for row in block.rows:
                for one in row:
                    yield from headings(one)
