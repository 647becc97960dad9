"""Every string on the screen can be translated, and the translation is the one that is looked up."""

import ast
import html
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTranslator
from pytestqt.qtbot import QtBot

from clinic_desktop import rule_list
from clinic_desktop.foundation.errors import BadInput, EnvironmentFailure, StaleEdit
from clinic_desktop.foundation.rulebook import Finding, Word
from clinic_desktop.storage.failures import FULL
from clinic_desktop.treatment import slip_rules
from clinic_desktop.ui.core_sentences import SENTENCES
from clinic_desktop.ui.floor.ends import LEFT_EARLY
from clinic_desktop.ui.i18n import load_translators, tr
from clinic_desktop.ui.widgets.reason_picker import ReasonPicker
from clinic_desktop.ui.wording import fields_worded, problem_worded, reason_worded, worded

CORE = ("foundation", "security", "people", "scheduling", "treatment", "aftercare", "reports")
UI = Path(__file__).parents[3] / "clinic_desktop" / "ui"
MARKS = {"tr", "QT_TR_NOOP"}
SOURCES = sorted(UI.rglob("*.py"))


@cache
def calls(source: Path) -> list[ast.Call]:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    named = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    return [n for n in named if isinstance(n.func, ast.Name) and n.func.id in MARKS]


def test_no_formatted_string_is_translated() -> None:
    bad = [
        f"{source.name}:{call.lineno}"
        for source in SOURCES
        for call in calls(source)
        if isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert bad == []


def test_plurals_are_written_so_that_they_are_found() -> None:
    """With the number as the third argument; what is only marked is counted where it is shown."""
    bad = [
        f"{source.name}:{call.lineno}"
        for source in SOURCES
        for call in calls(source)
        if isinstance(call.args[0], ast.Constant)
        and "%n" in str(call.args[0].value)
        and not (isinstance(call.func, ast.Name) and call.func.id == "QT_TR_NOOP")
        and len(call.args) != 3
    ]
    assert bad == []


def test_both_forms_of_each_plural_are_said_and_never_how_it_is_written() -> None:
    texts = {
        str(call.args[0].value)
        for source in SOURCES
        for call in calls(source)
        if isinstance(call.args[0], ast.Constant) and "|" in str(call.args[0].value)
    }
    assert texts
    assert [one for one in texts if "|" in tr(one, "", 1) + tr(one, "", 2)] == []


@pytest.mark.parametrize(
    ("text", "n", "shown"),
    [
        ("%n visit(s)", 1, "1 visit"),
        ("%n visit(s)", 2, "2 visits"),
        ("%n visit(s)", 0, "0 visits"),
        ("%n (person|people) waiting", 1, "1 person waiting"),
        ("%n (person|people) waiting", 3, "3 people waiting"),
        ("%n (late) visit(s)", 2, "2 (late) visits"),
    ],
)
def test_english_plurals_need_no_catalogue(text: str, n: int, shown: str) -> None:
    assert tr(text, "", n) == shown


def test_without_a_number_parentheses_stay() -> None:
    assert tr("Phone(s)") == "Phone(s)"


def test_every_sentence_of_the_core_is_in_the_catalogue() -> None:
    written = (UI / "core_sentences.py").read_text(encoding="utf-8")
    again = "python -m clinic_desktop.rule_list --sentences > clinic_desktop/ui/core_sentences.py"
    assert written == rule_list.as_sentences(), f"run: {again}"


def test_a_problem_of_the_core_is_told_by_findings_and_never_by_a_text() -> None:
    """Mypy holds what BadInput takes; this holds the others, and that nobody goes round them."""
    told = {"ClinicProblem", "BadInput", "Refusal", "Conflict"}
    for room in CORE:
        for source in (UI.parent / room).rglob("*.py"):
            for call in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in told:
                    texts = [n for n in ast.walk(call) if isinstance(n, ast.JoinedStr)]
                    assert texts == [], f"{source.name}, line {call.lineno}"


def test_every_word_that_fills_a_sentence_is_in_the_catalogue() -> None:
    named = set(literals("StaleEdit", "NotFound", "RightMissing", "Word", "planned_only", "not_begun"))
    assert named - set(SENTENCES) == set()


def literals(*functions: str) -> list[str]:
    """What is handed to these in the core's sources as plain text."""
    found = []
    for room in CORE:
        for source in (UI.parent / room).rglob("*.py"):
            for call in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.args:
                    plain = [one.value for one in call.args if isinstance(one, ast.Constant)]
                    found += [str(one) for one in plain if call.func.id in functions]
    return found


class Spanish(QTranslator):
    words: ClassVar = {
        StaleEdit("visit", 7).findings[0].rule.sentence: "Cambió mientras tanto: {kind}.",
        "visit": "la visita",
        slip_rules.OTHER_KIND.sentence: "La nota es '{kind}'.",
        "left": "salió",
        slip_rules.PULSE.sentence: "El pulso va de 20 a 250.",
        FULL: "El disco está lleno.",
        " or ": " o ",
        "Walked out": "Se fue",
        "patient asked": "lo pidió el paciente",
        "imported from": "importado de",
    }

    def translate(self, _context: str, text: str, *_more: object) -> str:
        return self.words.get(text, text)


@pytest.fixture
def spanish(qapp: QCoreApplication) -> Iterator[None]:
    translator = Spanish(qapp)
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.usefixtures("spanish")
@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("patient asked", "lo pidió el paciente"),
        ("patient asked next week instead", "lo pidió el paciente next week instead"),
        ("imported from OpenMRS", "importado de OpenMRS"),
        ("Walked out", "Se fue"),
        ("patiently asked", "patiently asked"),
        ("", ""),
    ],
)
def test_a_reason_on_record_is_told_in_the_language_of_the_screen(kept: str, told: str) -> None:
    assert reason_worded(kept) == told


@pytest.mark.usefixtures("spanish")
def test_a_reason_is_kept_as_the_list_has_it_and_shown_in_the_language_of_the_screen(qtbot: QtBot) -> None:
    picker = ReasonPicker(LEFT_EARLY)
    qtbot.addWidget(picker)
    picker.show()
    assert picker.list.model().index(0, 0).data().startswith("Se fue")
    qtbot.keyClick(picker.list, Qt.Key.Key_1)
    with qtbot.waitSignal(picker.picked) as picked:
        qtbot.keyClick(picker.list, Qt.Key.Key_Return)
    assert picked.args == ["walked", "Walked out"]


@pytest.mark.usefixtures("spanish")
def test_what_the_core_says_is_told_in_the_language_of_the_screen() -> None:
    kind = Finding(slip_rules.OTHER_KIND, {"kind": Word("left")})
    assert worded(kind) == "La nota es 'salió'."
    assert problem_worded(StaleEdit("visit", 7)) == "Cambió mientras tanto: la visita."
    assert problem_worded(EnvironmentFailure(FULL)) == "El disco está lleno."
    slip = BadInput({"pulse": Finding(slip_rules.PULSE)})
    assert fields_worded(slip.problems) == {"pulse": "El pulso va de 20 a 250."}


@pytest.fixture
def tools() -> dict[str, str]:
    folder = Path(sys.executable).parent
    found = {name: shutil.which(f"pyside6-{name}", path=str(folder)) for name in ("lupdate", "lrelease")}
    if not all(found.values()):
        pytest.skip("Qt's translation tools are not installed")
    return {name: str(path) for name, path in found.items()}


def test_what_is_written_in_the_sources_is_found_released_and_shown(
    tools: dict[str, str], tmp_path: Path, qapp: QCoreApplication
) -> None:
    catalogue = tmp_path / "clinic_es.ts"
    named = ("statusbar.py", "shell_commands.py", "rail.py", "core_sentences.py")
    sources = [str(UI / name) for name in named]
    subprocess.run(
        [tools["lupdate"], *sources, "-ts", str(catalogue), "-target-language", "es"],
        check=True,
        capture_output=True,
    )
    text = catalogue.read_text(encoding="utf-8")
    assert "<source>Undo</source>" in text
    assert "<source>All keys</source>" in text
    assert '<message numerus="yes">' in text
    assert f"<source>{html.escape(slip_rules.DOSE.sentence)}</source>" in text
    text = text.replace(
        '<source>Undo</source>\n        <translation type="unfinished"></translation>',
        "<source>Undo</source><translation>Deshacer</translation>",
    )
    assert "Deshacer" in text
    catalogue.write_text(text, encoding="utf-8")
    subprocess.run(
        [tools["lrelease"], str(catalogue), "-qm", str(tmp_path / "clinic_es.qm")],
        check=True,
        capture_output=True,
    )
    installed = load_translators(qapp, QLocale("es_US"), tmp_path)
    try:
        assert tr("Undo") == "Deshacer"
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancelar"  # Qt's own catalogue
    finally:
        for translator in installed:
            qapp.removeTranslator(translator)
    assert tr("Undo") == "Undo"


def test_a_language_without_a_catalogue_stays_english(tmp_path: Path, qapp: QCoreApplication) -> None:
    installed = load_translators(qapp, QLocale("cy_GB"), tmp_path)
    assert installed == []
    assert tr("Undo") == "Undo"
