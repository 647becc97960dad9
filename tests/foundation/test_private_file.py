"""Files with patient data: for their owner alone, whole or not at all."""

import os
import threading
from pathlib import Path

import pytest

from clinic_desktop.foundation.private_file import write_private


def mode(file: Path) -> int:
    return file.stat().st_mode & 0o777


@pytest.fixture(autouse=True)
def _open_to_all() -> object:
    """A computer where new files are readable for everybody."""
    old = os.umask(0)
    yield
    os.umask(old)


def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    write_private(file, b"%PDF")
    assert (file.read_bytes(), mode(file)) == (b"%PDF", 0o600)
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_all_could_read_is_the_owners_afterwards(tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(b"old")
    write_private(file, b"new")
    assert (file.read_bytes(), mode(file)) == (b"new", 0o600)


def test_what_cannot_be_written_whole_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(b"old")

    def full(_self: Path, _mode: str) -> None:
        raise OSError(28, "No space left on device", "somewhere else")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", full)
        with pytest.raises(OSError, match="No space left on device") as failed:
            write_private(file, b"new")
    assert failed.value.filename == str(file)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_through_a_link_the_file_behind_it_is_written(tmp_path: Path) -> None:
    file, link = tmp_path / "sheet.pdf", tmp_path / "link.pdf"
    link.symlink_to(file)
    write_private(link, b"%PDF")
    assert link.is_symlink()
    assert (file.read_bytes(), mode(file)) == (b"%PDF", 0o600)


def test_what_is_no_file_gets_the_bytes(tmp_path: Path) -> None:
    pipe, got = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_private(pipe, b"%PDF")
    reader.join()
    assert got == [b"%PDF"]
