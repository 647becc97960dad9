"""When set-up has nothing to do, and when it begins afresh."""

from dataclasses import replace

import pytest

from setup_tools import stamp
from setup_tools.layout import Layout


@pytest.fixture(params=[False, True], ids=["posix", "windows"])
def layout(request, tmp_path) -> Layout:
    """A finished environment with two packages."""
    made = Layout(tmp_path, windows=request.param)
    made.lock.write_text("six==1.17.0 --hash=sha256:00\nclick==8.5.1 --hash=sha256:00\n")
    made.python.parent.mkdir(parents=True)
    made.python.touch()
    made.site_packages.mkdir(parents=True)
    for package in ("six-1.17.0.dist-info", "click-8.5.1.dist-info"):
        (made.site_packages / package).mkdir()
    made.path_file.write_text(made.path_file_text)
    stamp.write(made)
    return made


def test_a_finished_environment_is_ready(layout):
    assert stamp.is_ready(layout)


def test_without_stamp_it_is_not(layout):
    layout.stamp.unlink()
    assert not stamp.is_ready(layout)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"packages": 3}'])
def test_a_torn_stamp_counts_as_none(layout, content):
    layout.stamp.write_text(content)
    assert not stamp.is_ready(layout)


def test_another_lock_is_another_environment(layout):
    layout.lock.write_text("six==1.17.1 --hash=sha256:11\n")
    assert not stamp.is_ready(layout)


def test_an_environment_with_tests_serves_the_program_and_not_the_other_way_round(layout):
    larger = replace(layout, development=True)
    larger.lock.write_text(layout.lock.read_text() + "pytest==9.2.0 --hash=sha256:00\n")
    assert stamp.is_ready(layout)
    assert not stamp.is_ready(larger)
    stamp.write(larger)
    assert stamp.is_ready(larger)
    assert stamp.is_ready(layout)


def test_another_python_is_another_environment(layout):
    assert not stamp.is_ready(replace(layout, python_version=(3, 99)))


def test_a_python_moved_elsewhere_is_another_environment(layout, monkeypatch):
    monkeypatch.setattr("sys.base_prefix", str(layout.root / "elsewhere"))
    assert not stamp.is_ready(layout)


def test_a_vanished_interpreter_is_noticed(layout):
    layout.python.unlink()
    assert not stamp.is_ready(layout)


def test_an_interpreter_that_points_nowhere_is_noticed(layout):
    layout.python.unlink()
    layout.python.symlink_to(layout.root / "uninstalled")
    assert not stamp.is_ready(layout)


def test_a_package_that_was_changed_by_hand_is_noticed(layout):
    folder = layout.site_packages / "six-1.17.0.dist-info"
    folder.rename(layout.site_packages / "six-1.18.0.dist-info")
    assert not stamp.is_ready(layout)


def test_a_package_added_by_hand_is_none_of_our_business(layout):
    (layout.site_packages / "ipython-9.0.0.dist-info").mkdir()
    assert stamp.is_ready(layout)


def test_a_newer_pip_is_none_of_our_business_either(layout):
    pip = layout.site_packages / "pip-23.2.1.dist-info"
    pip.mkdir()
    stamp.write(layout)
    pip.rename(layout.site_packages / "pip-26.0.dist-info")
    assert stamp.is_ready(layout)


def test_a_project_without_its_way_in_is_noticed(layout):
    layout.path_file.unlink()
    assert not stamp.is_ready(layout)
