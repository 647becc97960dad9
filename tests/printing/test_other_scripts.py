"""Texts and names in every script the fonts have: what stands where, what is read, and what is refused."""

import csv
import re
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.aftercare.phrases import PHRASES
from clinic_desktop.foundation.document import (
    Align,
    Blank,
    BulletList,
    Document,
    Footer,
    GlyphMissing,
    Heading,
    Inline,
    Paragraph,
    RenderedPdf,
    Run,
    Table,
    cell,
    isolated,
    text,
)
from clinic_desktop.foundation.words import clock_time, long_date
from clinic_desktop.printing.fonts import faces
from clinic_desktop.printing.han import may_part
from clinic_desktop.printing.letters import clean
from clinic_desktop.printing.lines import Line, break_lines
from clinic_desktop.printing.pages import lay_out
from clinic_desktop.printing.pdf import render_pdf
from tests.printing.hard_strings import CONTROLS, JOINED, MARKUP, NAMES, OTHER_SCRIPTS, UNPRINTABLE
from tests.printing.read_aloud import outline, poppler
from tests.printing.reading import actual_texts, edges, letters, pages, paragraph, printed, read
from tests.shared_data import shared

PHONE = "(555) 010-0142"
DAY = date(2026, 11, 18)
SAMPLES = {
    "en": "Do not drive before tomorrow.",
    "es": "No maneje antes de mañana. ¿Dudas? Llámenos.",
    "vi": "Không lái xe trước ngày mai. Gọi cho chúng tôi nếu vết đỏ lan rộng.",
    "ru": "Не садитесь за руль до завтра. Позвоните нам.",
    "zh-Hans": "明天之前请勿开车。如有疑问，请致电我们（免费）。",
    "ko": "내일까지 운전하지 마십시오. 궁금한 점은 전화해 주세요.",
    "ar": "لا تقد السيارة قبل الغد. اتصل بنا إذا كانت لديك أسئلة.",
    "ht": "Pa kondui anvan demen. Rele nou si ou gen kesyon.",
}


def lines_of(*inlines: Inline, width: float = 400.0, rtl: bool = False) -> tuple[Line, ...]:
    return break_lines(inlines, faces(), 12.0, width, "a test", rtl=rtl)


def on_paper(line: Line, *, rtl: bool = False) -> str:
    """What stands in a line, from the left."""
    loud = [one for one in line.segments if not one.silent]
    return "".join(one.text for one in (reversed(loud) if rtl else loud))


def copied(pdf: RenderedPdf, tmp_path) -> str:
    """What poppler copies from the file, without the marks of direction that it adds."""
    file = tmp_path / "copied.pdf"
    file.write_bytes(pdf.data)
    told = subprocess.run(["pdftotext", "-enc", "UTF-8", file, "-"], capture_output=True, check=True)
    return re.sub("[\u202a-\u202e\u2066-\u2069\u200e\u200f\f]", "", told.stdout.decode())


@pytest.mark.parametrize("words", [*OTHER_SCRIPTS, *JOINED])
def test_a_name_in_another_script_prints_as_itself(words):
    for bold in (False, True):
        assert letters(words) in letters(read(printed(Paragraph((Run("Name: "), Run(words, bold))))))


@pytest.mark.parametrize("language", PHRASES)
def test_a_page_of_each_language_says_its_words_its_day_and_its_time(language):
    pdf = render_pdf(sheet(language))
    shown = letters(" ".join(pages(pdf)))
    for part in SAMPLES[language].split():
        assert letters(part.strip(".،")) in shown
    if language != "ar":  # whose words and digits a reader puts in another order than they are in
        assert letters(long_date(DAY, language)) in shown
        assert letters(clock_time(870, language)) in shown
    for part in long_date(DAY, language).split():
        assert letters(part.strip("،,")) in shown


@pytest.mark.parametrize("language", PHRASES)
def test_a_page_of_each_language_is_the_same_bytes_each_time(language):
    assert render_pdf(sheet(language)) == render_pdf(sheet(language))


@poppler
@pytest.mark.parametrize("language", PHRASES)
def test_headings_are_read_in_order(language, tmp_path):
    pdf = render_pdf(sheet(language))
    kinds = [line.split(" ")[0] for line in outline(pdf, tmp_path)]
    assert [kind for kind in kinds if kind.startswith("H")] == ["H1", "H2"]
    assert f"/Lang ({language})".encode() in pdf.data


@poppler
def test_an_arabic_text_is_copied_in_the_order_in_which_it_is_read(tmp_path):
    words = copied(render_pdf(sheet("ar")), tmp_path)
    assert "قبل الغد" in words
    assert unicodedata.normalize("NFKC", words).count("لا تقد السيارة") == 1, "a ligature is its two letters"


def test_an_arabic_paragraph_is_read_as_its_letters_in_their_order():
    words = "بعد العلاج: صباحًا 2:30, " + PHONE
    assert actual_texts(printed(paragraph(words))) == [words]
    assert actual_texts(printed(paragraph("Do not drive."))) == []


def test_letters_join_and_stand_from_the_right():
    (line,) = lines_of(Run("قف هنا"))
    assert on_paper(line) == "ﺎﻨﻫ ﻒﻗ"
    assert line.said == "قف هنا"


def test_a_phone_number_is_never_turned_round():
    words = f"اتصل بنا على {PHONE} الآن"
    for rtl in (True, False):
        (line,) = lines_of(Run(words), rtl=rtl)
        assert PHONE in on_paper(line, rtl=rtl)


def test_brackets_open_towards_their_words():
    (line,) = lines_of(Run("ألم (شديد) هنا"), rtl=True)
    shown = on_paper(line, rtl=True)
    assert shown.index("(") < shown.index("ﺪﻳﺪﺷ") < shown.index(")")


def test_a_fact_does_not_reorder_what_surrounds_it():
    """Without that 24 would count as part of the Arabic name before it."""
    (line,) = lines_of(Run("Patient "), Run("محمد", origin="patient's name"), Run(", 24 hours"))
    assert on_paper(line) == "Patient ﺪﻤﺤﻣ, 24 hours"
    (line,) = lines_of(Run("المريض: "), Run("Zoë Ray, Jr.", origin="patient's name"), Run(" هنا"), rtl=True)
    assert "Zoë Ray, Jr." in on_paper(line, rtl=True)


@pytest.mark.parametrize("sign", ["\u202e", "\u2067", "\u200f", "\u061c", "\u200d", "\u2069"])
def test_a_sign_of_direction_in_a_name_turns_nothing(sign):
    (line,) = lines_of(Run(f"Ada{sign} Lovelace", origin="patient's name"), Run(" 24 hours"))
    assert on_paper(line) == "Ada Lovelace 24 hours"


def test_letters_that_could_not_join_are_refused():
    with pytest.raises(GlyphMissing) as refused:
        printed(paragraph("ګل"))
    assert refused.value.character == "ګ"


def test_an_arabic_page_begins_at_the_right():
    """Columns, bullets, tables and the foot lie mirrored; the words of a line keep their own order."""
    blocks = (BulletList((text("قف هنا"),)), Table(((cell("قف"), cell("B")),), (3.0, 1.0)))
    page = Document("T", "ar", blocks, footer=Footer(("قف",), "1"), rtl=True)
    there, mirrored = edges(render_pdf(replace(page, rtl=False)))[0], edges(render_pdf(page))[0]
    assert there[0] == pytest.approx(612 - mirrored[2], abs=1)
    first, bullet = where(render_pdf(page), "B"), where(render_pdf(page), "•")
    assert first < 306 < bullet
    assert where(render_pdf(replace(page, rtl=False)), "•") < 60


def test_a_line_to_fill_in_begins_at_the_right_too():
    (line,) = lines_of(Run("الاسم "), Blank(4), rtl=True)
    label, blank = line.segments[0], line.segments[-1]
    assert (label.x, blank.face, blank.width) == (0.0, None, 48.0)
    assert blank.x == label.width > 0


def test_chinese_lines_break_between_characters_but_never_before_a_mark():
    words = "请在二十四小时内保持干燥。如果红肿扩散，请致电我们（免费）。" * 6
    for width in range(40, 200, 7):
        lines = [on_paper(line) for line in lines_of(Run(words), width=width)]
        assert "".join(lines) == words
        assert not [line for line in lines if line[0] in "。，）" or line[-1] == "（"]


def test_numbers_and_latin_words_in_chinese_stay_whole():
    lines = [on_paper(line) for line in lines_of(Run("请服用84mg药Spravato片" * 9), width=90)]
    assert sum(line.count("84mg") for line in lines) == sum(line.count("Spravato") for line in lines) == 9


def test_korean_lines_break_at_spaces():
    lines = [on_paper(line).strip() for line in lines_of(Run(SAMPLES["ko"]), width=90)]
    assert " ".join(lines) == SAMPLES["ko"]


@given(st.text("中文。，（）「」aé1 ", max_size=60), st.floats(60, 300))
def test_nothing_is_lost_where_lines_break_without_spaces(words, width):
    lines = lines_of(Run(words), width=width)
    assert all(line.width <= width + 0.001 for line in lines)
    assert "".join(map(on_paper, lines)).replace(" ", "") == words.replace(" ", "")


@given(st.text("محمدلاابت ab12().،", max_size=40), st.booleans(), st.floats(60, 300))
def test_nothing_is_lost_where_lines_run_both_ways(words, rtl, width):
    lines = lines_of(Run(words), width=width, rtl=rtl)
    assert all(line.width <= width + 0.001 for line in lines)
    assert "".join(line.words for line in lines).replace(" ", "") == clean(words).replace(" ", "")
    assert all(sum(one.width for one in line.segments) == pytest.approx(line.width) for line in lines)


def test_a_line_may_not_end_inside_latin_words():
    assert not may_part("a", "b")
    assert may_part("中", "b")
    assert not may_part("中", "。")
    assert not may_part("（", "中")


def test_a_chinese_line_ends_neither_within_a_day_nor_within_a_time():
    words = "请等到2026年9月30日星期三中午12:11。" * 6
    for width in range(110, 300, 7):
        lines = lines_of(Run(words), width=width)
        assert "".join(line.words for line in lines) == words
        for line, then in pairwise(line.words for line in lines):
            assert (line[-1] + then[0]) not in ("星期", "期三", "中午")
            assert not any(one.isdigit() for one in (line[-1], then[0]))


def test_no_line_ends_before_a_space_that_ties():
    assert not may_part("日", "\u00a0")
    assert not may_part("\u00a0", "日")


def test_in_a_foot_read_from_the_right_a_name_draws_no_day_to_itself():
    """ "MD، 29" would stand as one, and the month on the name's other side."""

    def drawn(by: str, on: str) -> str:
        page = Document("Test", "ar", (), footer=Footer((f"اعتمدها {by}، {on}.",), ""), rtl=True)
        _, row = lay_out(page, faces()).footers[0]
        return on_paper(row.columns[0].stack[0].line, rtl=True)

    plain = drawn("Tunde Bello, MD", "29 سبتمبر")
    apart = drawn(isolated("Tunde Bello, MD"), isolated("29 سبتمبر"))
    assert sorted(plain) == sorted(apart)
    assert "Tunde Bello, MD، 29" in plain
    assert apart.index("29") < apart.index("Tunde Bello, MD")


def test_an_english_sheet_reads_no_other_font():
    """In a process of its own: the tests before this one have read them all."""
    script = """
from clinic_desktop.printing import fonts
from tests.printing.reading import paragraph, printed
import sys
printed(paragraph("Do not drive, Zoë Nguyễn."))
from reportlab.pdfbase import pdfmetrics
names = sorted(name for name in pdfmetrics._fonts if name.startswith("Clinic"))
print(names, "bidi" in sys.modules, "arabic_reshaper" in sys.modules)
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "['ClinicSans', 'ClinicSans-Bold'] False False"


@pytest.mark.parametrize("words", [*NAMES, *OTHER_SCRIPTS, *JOINED, *MARKUP, *UNPRINTABLE, *CONTROLS])
def test_in_a_text_read_from_the_right_nothing_is_lost_either(words):
    page = Document("T", "ar", (Paragraph((Run("اسم: "), Run(words, origin="patient's name"))),), rtl=True)
    try:
        pdf = render_pdf(page)
    except GlyphMissing as refused:
        missing, where = refused.character, refused.where
        assert (missing in words, where) == (True, "patient's name")
    else:
        assert " ".join(actual_texts(pdf)[0].split()) == " ".join(clean("اسم: " + words).split())


@poppler
def test_every_name_of_cldr_prints_as_itself_or_is_refused_by_name(tmp_path):
    with shared("data/names_cldr/person_names.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    parts = ("title", "given", "given2", "surname_prefix", "surname", "surname2", "generation", "credentials")
    names = sorted({" ".join(filter(None, (row[part] for part in parts))) for row in rows} - {""})
    fine, refused = [], []
    for name in names:
        try:
            lines_of(Run(name))
            fine.append(name)
        except GlyphMissing as problem:
            refused.append((name, problem))
    for name, problem in refused:
        assert problem.character in clean(name)
        assert f"U+{ord(problem.character):04X}" in str(problem)
    assert len(fine) > len(names) * 0.55
    pdf = printed(
        *(Paragraph((Run("Name: "), Run(name, origin="patient's name"), Run("."))) for name in fine)
    )
    shown = letters(copied(pdf, tmp_path)) if shutil.which("pdftotext") else letters(read(pdf))
    lost = [name for name in fine if any(letters(word) not in shown for word in clean(name).split())]
    assert lost == []


def sheet(language: str) -> Document:
    words = PHRASES[language]
    facts = words.moment.format(day=long_date(DAY, language), time=clock_time(870, language))
    blocks = (
        Heading(1, (Run(words.next_visit),)),
        Paragraph((Run(words.visit + words.marks.colon), Run(facts, bold=True, origin="visit"))),
        Heading(2, (Run(words.who_drives),)),
        BulletList((text(SAMPLES[language]), text(words.draft))),
        Paragraph((Run(PHONE, origin="phone"),), align=Align.RIGHT),
    )
    return Document(
        words.next_visit, language, blocks, footer=Footer((words.interpreter,), words.page), rtl=words.rtl
    )


def where(pdf: RenderedPdf, sign: str) -> float:
    """How far from the left edge a sign stands, in points."""
    document = pdfium.PdfDocument(pdf.data)
    page = document[0].get_textpage()
    try:
        at = page.get_text_range().index(sign)
        return page.get_charbox(at)[0]
    finally:
        page.close()
        document.close()
