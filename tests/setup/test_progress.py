"""What the person waiting reads."""

import io

from setup_tools.environment import count_packages, pip_steps
from setup_tools.progress import Progress
from tests.setup.fakes import Terminal

PIP_SAYS = """\
Collecting alembic==1.20.1 (from -r requirements.lock (line 1))
  Using cached alembic-1.20.1-py3-none-any.whl (266 kB)
Collecting pyside6-essentials==6.11.3 (from -r requirements.lock (line 900))
  Downloading pyside6_essentials-6.11.3-cp310-abi3-manylinux_2_34_x86_64.whl (78.3 MB)
Installing collected packages: alembic, pyside6-essentials
Successfully installed alembic-1.20.1
"""


def test_pip_is_retold_as_a_count_a_name_and_a_size():
    assert list(pip_steps(PIP_SAYS.splitlines(keepends=True), 2)) == [
        "1 of 2  alembic",
        "2 of 2  pyside6-essentials",
        "2 of 2  pyside6_essentials, 78.3 MB",
        "unpacking",
    ]


def test_an_address_in_what_pip_downloads_is_not_shown():
    line = "  Downloading https" + "://mirror.example/packages/six-1.17.0-py2.py3-none-any.whl (11 kB)\n"
    assert list(pip_steps([line], 1)) == ["0 of 1  six, 11 kB"]


def test_packages_of_a_lock_are_counted_without_their_hashes():
    assert (
        count_packages(
            "a==1 \\\n    --hash=sha256:0\nb-c==2 ; sys_platform == 'win32' \\\n    --hash=sha256:1\n"
        )
        == 2
    )


def test_a_terminal_shows_steps_over_each_other_and_cleans_up():
    terminal = Terminal()
    progress = Progress(terminal)
    progress.step("2 of 9  a-long-package-name")
    progress.step("3 of 9  six")
    progress.end_steps()
    progress.line("Ready.")
    shown = terminal.getvalue().split("\r")
    assert len(shown[2]) >= len(shown[1])
    assert shown[3].isspace()
    assert shown[-1] == "Ready.\n"


def test_a_log_file_gets_lines_only():
    stream = io.StringIO()
    progress = Progress(stream)
    progress.step("3 of 9  six")
    progress.end_steps()
    assert stream.getvalue() == ""
