"""The environment is really built here, in a folder of its own, from a lock that needs no download."""

import io
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from setup_tools import environment, stamp
from setup_tools.failure import SetupFailed
from setup_tools.layout import Layout
from setup_tools.only_one import _try_lock, only_one
from setup_tools.progress import Progress

ANSWER = "print('started from', __file__)\n"


@dataclass(frozen=True)
class Built:
    """A small project, set up at the second try; what the person read then, and what the first try left."""

    layout: Layout
    shown: str
    refused: str
    ready_after_refusal: bool
    half_written: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Built:
    root = tmp_path_factory.mktemp("José's clinic")
    package = root / "clinic_desktop"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(ANSWER)
    layout = Layout(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONDONTWRITEBYTECODE", "1")
        patch.setenv("PIP_NO_INDEX", "1")
        patch.delenv("PIP_FIND_LINKS", raising=False)
        layout.lock.write_text(f"not-on-this-disk==1.0 --hash=sha256:{'0' * 64}\n")
        with pytest.raises(SetupFailed) as refused:
            set_up(layout)
        ready = stamp.is_ready(layout)
        half_written = layout.site_packages / "half-written"
        half_written.touch()
        layout.lock.write_text("# nothing to install\n")
        return Built(layout, set_up(layout), str(refused.value), ready, half_written)


def set_up(layout: Layout) -> str:
    shown = io.StringIO()
    environment.ensure(layout, Progress(shown))
    return shown.getvalue()


def start(layout: Layout) -> subprocess.CompletedProcess[str]:
    command = [str(layout.python), "-m", "clinic_desktop"]
    return subprocess.run(command, cwd=layout.venv, capture_output=True, text=True, check=False)


def test_progress_is_shown_while_there_is_something_to_do(built):
    assert "1 of 3" in built.shown
    assert built.shown.endswith("Ready.\n")


def test_the_program_starts_from_any_folder(built):
    layout = built.layout
    assert start(layout).stdout.strip() == f"started from {layout.root / 'clinic_desktop' / '__main__.py'}"


def test_the_program_is_compiled_even_where_python_is_told_not_to(built):
    layout = built.layout
    compiled = layout.root / "clinic_desktop" / "__pycache__"
    assert any(file.name.startswith("__main__.") for file in compiled.iterdir())


def test_a_second_start_is_silent_and_touches_nothing(built):
    layout = built.layout
    before = layout.stamp.stat().st_mtime_ns
    assert set_up(layout) == ""
    assert layout.stamp.stat().st_mtime_ns == before


def test_a_failed_set_up_leaves_no_stamp_and_the_next_one_clears_away_what_it_left(built):
    """As after one that was interrupted: no stamp, and something half written."""
    assert "no build for this computer" in built.refused
    assert not built.ready_after_refusal
    assert stamp.is_ready(built.layout)
    assert not built.half_written.exists()
    assert start(built.layout).returncode == 0


def test_a_folder_that_cannot_be_written_is_explained(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    layout = Layout(tmp_path)
    layout.lock.touch()
    monkeypatch.setattr(environment, "_build", full)
    with pytest.raises(SetupFailed, match="disk is full"):
        environment.ensure(layout, Progress(io.StringIO()))


def test_two_set_ups_do_not_build_over_each_other(tmp_path, monkeypatch):
    """The second waits, then finds the work done."""
    layout = Layout(tmp_path)
    layout.lock.touch()
    said: list[str] = []
    with only_one(layout.lock, said.append):
        tries = iter([False, False, True])
        monkeypatch.setattr("setup_tools.only_one._try_lock", lambda _descriptor: next(tries))
        monkeypatch.setattr("setup_tools.only_one._POLL_SECONDS", 0)
        with only_one(layout.lock, said.append):
            assert said == ["Another set-up is running here; waiting for it."]


def test_the_systems_lock_keeps_a_second_holder_out(tmp_path):
    file = tmp_path / "lock"
    file.touch()
    with only_one(file, print), file.open("rb") as second:
        assert not _try_lock(second.fileno())
    with file.open("rb") as later:
        assert _try_lock(later.fileno())
