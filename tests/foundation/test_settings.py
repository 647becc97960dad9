"""What this computer remembers: lost, it is asked for again; what somebody asked for is said to be lost."""

from pathlib import Path

import pytest

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.errors import EnvironmentFailure


@pytest.fixture
def full() -> Path:
    """The program's folder, in which nothing can be written any more."""
    settings.remember_clinic("/before/clinic.sqlite")
    settings.wish_to_encrypt("/before/clinic.sqlite")
    (settings.home() / "computer.new").mkdir()
    return settings.home()


def test_a_full_disk_stops_nothing_that_is_only_remembered(
    full: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.remember_clinic("/x/clinic.sqlite")
    settings.remember_folder(Path("/x"))
    settings.remember_whole_demo(Path("demo.sqlite"))
    settings.wish_to_encrypt("")
    assert settings.last_clinic() == "/before/clinic.sqlite"
    assert len(caplog.records) == 4
    assert "/x" not in caplog.text


def test_what_somebody_asked_for_and_cannot_be_kept_is_said(full: Path) -> None:
    said = "What was chosen could not be kept on this computer"
    with pytest.raises(EnvironmentFailure, match=said):
        settings.remember_backup_folder("/x/clinic.sqlite", Path("/stick"))
    with pytest.raises(EnvironmentFailure, match=said):
        settings.wish_to_encrypt("/x/clinic.sqlite")
    assert settings.backup_folder("/x/clinic.sqlite") == ""
    assert settings.to_encrypt() == "/before/clinic.sqlite"
