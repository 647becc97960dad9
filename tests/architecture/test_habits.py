"""Habits that no linter knows."""

import ast

import pytest

from tests.architecture.sources import (
    PACKAGE,
    calls,
    dotted,
    python_files,
    silenced_without_reason,
    tree,
    where,
)

OURS = ("clinic_desktop", "setup_tools", "benchmarks", "tests", "run.py", "setup.py")
NOW = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "datetime.datetime.now",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "QDateTime.currentDateTime",
    "QDate.currentDate",
    "QTime.currentTime",
}


def built_at_run_time(argument: ast.expr) -> bool:
    """An f-string, a sum, a .format(): the translation tool sees another text than the running program."""
    return isinstance(argument, ast.JoinedStr | ast.BinOp | ast.Call)


def translates(call: ast.Call) -> bool:
    """A painter translates too, but no words."""
    name = dotted(call.func)
    return name.endswith("QCoreApplication.translate") or name.rpartition(".")[2] in (
        "tr",
        "QT_TRANSLATE_NOOP",
        "QT_TR_NOOP",
    )


def texts(call: ast.Call) -> list[ast.expr]:
    """What the translation tool has to read; the number that a plural counts comes after it."""
    return call.args[:3] if dotted(call.func).endswith("translate") else call.args[:2]


def test_a_text_to_translate_is_written_out():
    built = [
        where(path, call.lineno)
        for path in python_files("clinic_desktop", saying=("tr(", "translate(", "_NOOP("))
        for call in calls(path)
        if translates(call) and any(built_at_run_time(text) for text in texts(call))
    ]
    assert not built


@pytest.mark.parametrize(
    ("source", "built"),
    [
        ('tr("{n} visits").format(n=3)', False),
        ('self.tr(f"{n} visits")', True),
        ('self.tr("visits: " + name)', True),
        ('tr("{n} visits".format(n=3))', True),
        ('self.tr("%n visits", "", count)', False),
    ],
)
def test_a_built_text_is_recognised(source, built):
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and translates(node)]
    assert any(built_at_run_time(argument) for call in found for argument in call.args) is built


def test_only_the_clock_asks_for_the_time():
    asking = [
        where(path, call.lineno)
        for path in python_files("clinic_desktop", saying=tuple(name.rpartition(".")[2] for name in NOW))
        if path != PACKAGE / "foundation" / "clock.py"
        for call in calls(path)
        if dotted(call.func) in NOW
    ]
    assert not asking


def test_only_one_module_says_when_garbage_is_collected():
    collecting = [
        where(path, call.lineno)
        for path in python_files("clinic_desktop", saying=("gc",))
        if path != PACKAGE / "ui" / "collecting.py"
        for call in calls(path)
        if dotted(call.func).startswith("gc.")
    ]
    assert not collecting


def test_only_the_unit_of_work_commits_to_the_database():
    committing = [
        where(path, call.lineno)
        for path in python_files("clinic_desktop/storage")
        if path.name != "unit_of_work.py" and "migrations" not in path.parts
        for call in calls(path)
        if dotted(call.func).endswith(".commit")
    ]
    assert not committing


def asks_itself_first(function: ast.FunctionDef) -> bool:
    """Whether an event filter reads a part of itself before it looks at the event."""
    names = (node for node in ast.walk(function) if isinstance(node, ast.Name))
    first = {node.id: (node.lineno, node.col_offset) for node in sorted(names, key=place, reverse=True)}
    return "self" in first and first["self"] < first["event"]


def place(node: ast.expr) -> tuple[int, int]:
    return node.lineno, node.col_offset


def event_filters(module: ast.AST) -> list[ast.FunctionDef]:
    return [
        node for node in ast.walk(module) if isinstance(node, ast.FunctionDef) and node.name == "eventFilter"
    ]


def test_an_event_filter_looks_at_the_event_before_itself():
    """Widgets that are thrown away together still send each other events; by then a filter has no parts."""
    hasty = [
        where(path, filtering.lineno)
        for path in python_files("clinic_desktop", saying=("eventFilter",))
        for filtering in event_filters(tree(path))
        if asks_itself_first(filtering)
    ]
    assert not hasty


@pytest.mark.parametrize(
    ("body", "hasty"),
    [
        ("return self.of.get(watched) and event.type() == KEY", True),
        ("return watched is self.line and event.type() == KEY", True),
        ("return event.type() == KEY and watched is self.line", False),
        ("return event.type() == KEY", False),
    ],
)
def test_a_hasty_event_filter_is_recognised(body, hasty):
    source = f"class A:\n    def eventFilter(self, watched, event):\n        {body}\n"
    assert [asks_itself_first(one) for one in event_filters(ast.parse(source))] == [hasty]


def test_each_silenced_finding_says_why():
    paths = python_files(*OURS, saying=("noqa", "ignore"))
    silent = [where(path, line) for path in paths for line in silenced_without_reason(path)]
    assert not silent


@pytest.mark.parametrize(
    ("source", "silent"),
    [
        ("run(x)  # noqa: S608\n", [1]),
        ("x.y  # type: ignore[attr-defined]\n", [1]),
        ("run(x)  # noqa\n", [1]),
        ("run(x)  # noqa: S608 - the names are ours, never a person's\n", []),
        ("x.y  # type: ignore[misc]  # the stub lacks it\n", []),
        ("# Only when a sheet is printed.\nimport a  # noqa: PLC0415\nimport b  # noqa: PLC0415\n", []),
        ("# Only when a sheet is printed.\n\nimport a  # noqa: PLC0415\n", [3]),
    ],
)
def test_a_reason_is_recognised(source, silent, tmp_path):
    file = tmp_path / "specimen.py"
    file.write_text(source)
    assert silenced_without_reason(file) == silent


def test_no_test_sleeps_or_enters_an_event_loop():
    waiting = [
        where(path, call.lineno)
        for path in python_files("tests", saying=("sleep", ".wait(", ".exec("))
        for call in calls(path)
        if dotted(call.func) in ("time.sleep", "sleep", "qtbot.wait") or dotted(call.func).endswith(".exec")
    ]
    assert not waiting
