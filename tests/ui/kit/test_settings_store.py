"""What one PC remembers comes back as it was written, in its declared type."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QSettings

from clinic_desktop.ui.settings_store import GEOMETRY, Setting, SettingsStore

FLAG = Setting("test/flag", False)
COUNT = Setting("test/count", 3)
SHARE = Setting("test/share", 0.5)
WORDS = Setting("test/words", "none")
LIST: Setting[list[str]] = Setting("test/list", ["default"])


def reopened(path: Path) -> SettingsStore:
    return SettingsStore(path)


def test_defaults_hold_until_something_is_set(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "s.ini")
    assert store.get(FLAG) is False
    assert store.get(LIST) == ["default"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.booleans(), st.integers(-(2**53), 2**53), st.text(), st.lists(st.text(), max_size=3))
def test_every_type_comes_back_after_reopening(
    tmp_path: Path, flag: bool, count: int, words: str, many: list[str]
) -> None:
    path = tmp_path / "s.ini"
    store = SettingsStore(path)
    store.set(FLAG, flag)
    store.set(COUNT, count)
    store.set(WORDS, words)
    store.set(LIST, many)
    assert store.flush()
    again = reopened(path)
    assert again.get(FLAG) is flag
    assert again.get(COUNT) == count
    assert again.get(WORDS) == words
    assert again.get(LIST) == many


def test_a_value_of_another_type_counts_as_never_set(tmp_path: Path) -> None:
    path = tmp_path / "s.ini"
    raw = QSettings(str(path), QSettings.Format.IniFormat)
    for name, value in (
        ("test/flag", '"yes"'),
        ("test/count", "true"),
        ("test/list", "[1]"),
        ("test/words", "{"),
    ):
        raw.setValue(name, value)
    raw.sync()
    store = reopened(path)
    assert store.get(FLAG) is False
    assert store.get(COUNT) == 3
    assert store.get(LIST) == ["default"]
    assert store.get(WORDS) == "none"


def test_a_whole_number_will_do_for_a_fraction(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "s.ini")
    store.set(SHARE, 1)
    assert store.get(SHARE) == 1


def test_bytes_survive(tmp_path: Path) -> None:
    path = tmp_path / "s.ini"
    store = SettingsStore(path)
    store.set_bytes(GEOMETRY, QByteArray(bytes(range(256))))
    assert store.flush()
    assert reopened(path).get_bytes(GEOMETRY).data() == bytes(range(256))


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    store = SettingsStore(tmp_path / "folder")
    store.set(COUNT, 4)
    assert not store.flush()
