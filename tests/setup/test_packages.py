"""System packages: asked of dpkg, installed as root, named otherwise."""

import pytest

from setup_tools import packages
from setup_tools.failure import SetupFailed
from tests.setup.fakes import Debian


def ensure(debian, wanted, root):
    said = []
    packages.ensure(wanted, root=root, say=said.append, run=debian.run)
    return said


def test_nothing_is_said_or_done_when_all_are_there():
    debian = Debian(installed={"libgl1", "libegl1"})
    assert ensure(debian, ["libgl1", "libegl1"], root=True) == []
    assert [command[0] for command in debian.commands] == ["dpkg-query"]


def test_without_root_the_exact_line_is_named():
    debian = Debian(installed={"libgl1"})
    with pytest.raises(SetupFailed, match="sudo apt install libegl1 xvfb\n"):
        ensure(debian, ["libgl1", "libegl1", "xvfb"], root=False)
    assert [command[0] for command in debian.commands] == ["dpkg-query"]


def test_root_installs_what_is_missing_after_an_update():
    debian = Debian(installed={"libgl1"}, offered={"libegl1"})
    assert ensure(debian, ["libgl1", "libegl1"], root=True) == ["Installing system packages: libegl1"]
    steps = [command[2] for command in debian.commands if command[0] == "apt-get"]
    assert steps == ["update", "install"]
    assert "libgl1" not in debian.commands[2]


def test_root_without_a_network_is_told_what_apt_said():
    debian = Debian(installed=set(), reaches_servers=False)
    with pytest.raises(SetupFailed, match=r"apt-get update did not finish(.|\n)*Could not connect"):
        ensure(debian, ["libegl1"], root=True)


def test_a_package_that_apt_does_not_deliver_is_named():
    debian = Debian(installed=set(), offered={"libegl1"})
    with pytest.raises(SetupFailed, match="still missing: xvfb"):
        ensure(debian, ["libegl1", "xvfb"], root=True)


def test_a_renamed_package_counts_by_what_it_provides():
    """Ubuntu 24.04 and Debian 13 carry libcups2 as libcups2t64."""
    debian = Debian({"libcups2t64"}, provides={"libcups2t64": "libcups2 (= 2.4.7), libcups2-x"})
    assert packages.missing(["libcups2", "libcups2-x"], debian.run) == []


def test_a_removed_package_with_its_settings_kept_is_missing():
    debian = Debian(installed=set())
    assert packages.missing(["removed-but-configured"], debian.run) == ["removed-but-configured"]


def test_the_tests_need_what_the_app_needs_and_more():
    assert set(packages.APP) < set(packages.TEST)
    assert len(set(packages.TEST)) == len(packages.TEST)


@pytest.mark.parametrize(
    ("release", "apt"),
    [
        ({"ID": "debian"}, True),
        ({"ID": "ubuntu", "ID_LIKE": "debian"}, True),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, True),
        ({"ID": "fedora"}, False),
        ({}, False),
    ],
)
def test_other_systems_are_left_alone(release, apt, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("platform.freedesktop_os_release", lambda: release)
    assert packages.uses_apt() is apt


def test_windows_and_macos_are_left_alone(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert not packages.uses_apt()
