"""A read is tried again by itself: what it calls with the answer only shows. The focus, a choice and a next
step are wishes (``clinic_desktop/ui/wishes.py``)."""

import ast

import pytest

from tests.architecture.sources import PROJECT, dotted, python_files, tree, where

ACTS = {"setFocus", "focus_work", "focus_list", "go_to", "go_on", "show_panel", "start_typing", "drop", "run"}
KNOWN = {
    # Each draft knows who went to write, and drops what is to follow when it cannot be read.
    "clinic_desktop/ui/booking/booking_panel.py": {"_next", "_go_to_open"},
    "clinic_desktop/ui/booking/course_panel.py": {"_say_not_taken", "_take_patient", "_resume"},
    # It looks at the course too, and shows it.
    "clinic_desktop/ui/booking/cancel_panel.py": {"_look_at_course"},
    # The focus stays in the list that had it.
    "clinic_desktop/ui/board/pinning.py": {"_read"},
    "clinic_desktop/ui/decisions/place.py": {"_came", "focus_work"},
    "clinic_desktop/ui/ledger/forms_part.py": {"_came", "focus_work"},
    # Whom it stands on, for whoever printed or asked just now: dropped when it cannot be read.
    "clinic_desktop/ui/sheets/place.py": {"_listed"},
    # Made by the program itself, for nobody.
    "clinic_desktop/ui/backups/keeping.py": {"_make", "keep_in"},  # the folder, by its button
    "clinic_desktop/ui/fail_safe/fail_safe.py": {"make", "keep_in", "keep_sealed", "_keep_sealed"},
    # By its button in what is shown.
    "clinic_desktop/ui/alarms/watch.py": {"answer"},
}


def acting(module: ast.AST) -> list[tuple[str, int]]:
    """The methods that act, and where: those that a LatestReader calls with an answer, or that they name."""
    found = []
    for one in (node for node in ast.walk(module) if isinstance(node, ast.ClassDef)):
        methods = {it.name: it for it in one.body if isinstance(it, ast.FunctionDef)}
        todo, seen = list(called_back(one)), set[str]()
        while todo:
            name = todo.pop()
            if name in seen or name not in methods:
                continue
            seen.add(name)
            for node in ast.walk(methods[name]):
                if isinstance(node, ast.Attribute) and dotted(node) == f"self.{node.attr}":
                    todo.append(node.attr)
                own = isinstance(node, ast.Call) and dotted(node.func) in {f"self.{it}" for it in methods}
                if isinstance(node, ast.Call) and called(node) in ACTS and not own:
                    found.append((name, node.lineno))
    return found


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else dotted(call.func)


def called_back(module: ast.AST) -> list[str]:
    """What the readers of a class call with an answer."""
    made = [node for node in ast.walk(module) if isinstance(node, ast.Call) and len(node.args) > 1]
    names = [
        dotted(one.func.value if isinstance(one.func, ast.Subscript) else one.func).rpartition(".")[2]
        for one in made
    ]
    answers = [one.args[1] for one, name in zip(made, names, strict=True) if name == "LatestReader"]
    return [one.attr for one in answers if isinstance(one, ast.Attribute)]


def test_an_answer_that_may_come_late_only_shows():
    found = []
    for path in python_files("clinic_desktop/ui", saying=("LatestReader",)):
        known = KNOWN.get(path.relative_to(PROJECT).as_posix(), set())
        found += [f"{where(path, line)} {name}" for name, line in acting(tree(path)) if name not in known]
    assert not found, "pass it to read(..., then)"


@pytest.mark.parametrize(
    ("body", "acts"),
    [
        ("self.list.setFocus()", True),
        ("self._show()", True),
        ("self.list.set_rows(answer)", False),
        ("self.reader.read(work, self.list.setFocus)", False),
    ],
)
def test_an_answer_that_acts_is_recognised(body, acts):
    source = (
        "class A:\n"
        "    def __init__(self):\n        self.reader = LatestReader[int](self, self._read)\n"
        f"    def _read(self, answer):\n        {body}\n"
        "    def _show(self):\n        self.line.go_to(1)\n"
    )
    assert bool(acting(ast.parse(source))) is acts
