"""Every string on the screen can be translated, and the translation is the one that is looked up."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale

from clinic_desktop.ui.i18n import load_translators, tr

UI = Path(__file__).parents[3] / "clinic_desktop" / "ui"
MARKS = {"tr", "QT_TR_NOOP"}
SOURCES = sorted(UI.rglob("*.py"))


def calls(source: Path) -> list[ast.Call]:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    named = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
    return [n for n in named if isinstance(n.func, ast.Name) and n.func.id in MARKS]


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_no_formatted_string_is_translated(source: Path) -> None:
    bad = [call.lineno for call in calls(source) if isinstance(call.args[0], ast.JoinedStr | ast.BinOp)]
    assert bad == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_plurals_are_written_so_that_they_are_found(source: Path) -> None:
    for call in calls(source):
        text = call.args[0]
        marked = isinstance(call.func, ast.Name) and call.func.id == "QT_TR_NOOP"  # counted where it is shown
        if isinstance(text, ast.Constant) and "%n" in str(text.value) and not marked:
            assert len(call.args) == 3, f"line {call.lineno}: give the number as the third argument"


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
    sources = [str(UI / "statusbar.py"), str(UI / "shell_commands.py"), str(UI / "rail.py")]
    subprocess.run(
        [tools["lupdate"], *sources, "-ts", str(catalogue), "-target-language", "es"],
        check=True,
        capture_output=True,
    )
    text = catalogue.read_text(encoding="utf-8")
    assert "<source>Undo</source>" in text
    assert "<source>All keys</source>" in text
    assert '<message numerus="yes">' in text
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
