"""The environment is really built here, in a folder of its own, from a lock that needs no download."""

import io
import subprocess

import pytest

from setup_tools import environment, stamp
from setup_tools.failure import SetupFailed
from setup_tools.layout import Layout
from setup_tools.only_one import _try_lock, only_one
from setup_tools.progress import Progress

ANSWER = "print('started from', __file__)\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Layout, str]:
    """A small project, set up once, and what the person read meanwhile."""
    root = tmp_path_factory.mktemp("José's clinic")
    (root / "requirements.lock").write_text("# nothing to install\n")
    package = root / "clinic_desktop"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(ANSWER)
    layout = Layout(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONDONTWRITEBYTECODE", "1")
        return layout, set_up(layout)


def set_up(layout: Layout) -> str:
    shown = io.StringIO()
    environment.ensure(layout, Progress(shown))
    return shown.getvalue()


def start(layout: Layout) -> subprocess.CompletedProcess[str]:
    command = [str(layout.python), "-m", "clinic_desktop"]
    return subprocess.run(command, cwd=layout.venv, capture_output=True, text=True, check=False)


def test_progress_is_shown_while_there_is_something_to_do(built):
    _, shown = built
    assert "1 of 3" in shown
    assert shown.endswith("Ready.\n")


def test_the_program_starts_from_any_folder(built):
    layout, _ = built
    assert start(layout).stdout.strip() == f"started from {layout.root / 'clinic_desktop' / '__main__.py'}"


def test_the_program_is_compiled_even_where_python_is_told_not_to(built):
    layout, _ = built
    compiled = layout.root / "clinic_desktop" / "__pycache__"
    assert any(file.name.startswith("__main__.") for file in compiled.iterdir())


def test_a_second_start_is_silent_and_touches_nothing(built):
    layout, _ = built
    before = layout.stamp.stat().st_mtime_ns
    assert set_up(layout) == ""
    assert layout.stamp.stat().st_mtime_ns == before


def test_a_failed_set_up_leaves_no_stamp_and_the_next_one_clears_away_what_it_left(built, monkeypatch):
    """As after one that was interrupted: no stamp, and something half written."""
    layout, _ = built
    good = layout.lock.read_text()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    layout.lock.write_text(f"not-on-this-disk==1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(SetupFailed, match="no build for this computer"):
        set_up(layout)
    assert not stamp.is_ready(layout)
    half_written = layout.site_packages / "half-written"
    half_written.touch()
    layout.lock.write_text(good)
    assert set_up(layout).endswith("Ready.\n")
    assert not half_written.exists()
    assert start(layout).returncode == 0


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
