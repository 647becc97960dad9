"""How ``python3 run.py soak`` finds its parts, and a small piece of what nothing else in the suite runs."""

import pytest

from tests.soak import __main__ as soak
from tests.soak import inputs, kills, standby
from tests.soak.values import Values


@pytest.mark.parametrize(
    ("arguments", "part", "passed_on"),
    [
        ([], "months", []),
        (["50"], "months", ["50"]),
        (["5", "300"], "months", ["5", "300"]),
        (["months", "5"], "months", ["5"]),
        (["races"], "races", []),
        (["inputs", "1000"], "inputs", ["1000"]),
    ],
)
def test_the_first_word_is_the_part(monkeypatch, arguments, part, passed_on):
    monkeypatch.setenv("CLINIC_DESKTOP_HOME", "")

    class Part:
        def __init__(self, name):
            self.name = name

        def main(self, rest):
            assert (self.name, rest) == (soak.PARTS[part], passed_on)
            return 7

    monkeypatch.setattr(soak, "import_module", Part)
    assert soak.main(arguments) == 7


def test_a_part_that_there_is_not_is_told_with_those_there_are(capsys):
    assert soak.main(["storms"]) == 2
    assert capsys.readouterr().err == (
        "There is no part storms. There are: months, races, kills, damage, inputs, standby.\n"
    )


@pytest.mark.parametrize("part", [inputs, kills, standby])
def test_what_is_no_number_is_told(capsys, part):
    assert part.main(["x"]) == 2
    assert "python3 run.py soak" in capsys.readouterr().err


def test_some_inputs_come_back_as_words():
    """A thousand of the soak's million."""
    found = inputs.world(1)
    assert found.wrong == {}
    assert found.refused > 100
    assert len(found.seen) > 20


def test_an_exception_that_nobody_words_is_heard_of(monkeypatch):
    monkeypatch.setattr(inputs, "use_cases", lambda: {"spoilt": spoilt})
    monkeypatch.setattr(inputs, "_known", lambda *_: {})
    found = inputs.world(1, 10)
    assert found.wrong == {"spoilt: ZeroDivisionError at ?: 'integer modulo by zero'": 10}


def spoilt(word: str) -> int:
    return len(word) % 0


def test_the_same_seed_is_the_same_inputs():
    one, other = (Values(5) for _ in range(2))
    assert [one.of(str | int | list[str]) for _ in range(50)] == [
        other.of(str | int | list[str]) for _ in range(50)
    ]
