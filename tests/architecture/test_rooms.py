"""Who may know whom: the contracts in pyproject.toml, and what they cannot say."""

import graphlib
import subprocess
import sys

import grimp
import pytest

from tests.architecture.sources import PROJECT


def refuse_cycles(package: str) -> None:
    """Raise CycleError, which names the round trip. Imports inside functions count like any other."""
    graph = grimp.build_graph(package, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    graphlib.TopologicalSorter(imports).prepare()


def test_contracts_are_kept():
    """In a process of its own: the linter sets up logging for itself and turns every other logger off."""
    lint = "from importlinter import cli; raise SystemExit(cli.lint_imports(no_cache=True, no_logo=True))"
    done = subprocess.run(
        [sys.executable, "-c", lint], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_imports_itself_by_a_detour():
    refuse_cycles("clinic_desktop")


def test_a_detour_hidden_in_a_function_is_seen(tmp_path, monkeypatch):
    package = tmp_path / "roundabout"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "there.py").write_text("from roundabout import back\n")
    (package / "back.py").write_text("def later():\n    from roundabout import there\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(graphlib.CycleError):
        refuse_cycles("roundabout")
