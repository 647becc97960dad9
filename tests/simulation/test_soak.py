"""How ``python3 run.py soak`` is told which months to run."""

import pytest

from tests.simulation.__main__ import main


@pytest.mark.parametrize("arguments", [["x"], ["5", "x"], ["1", "2", "3"]])
def test_what_is_no_number_of_months_is_said(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert "from which seed on" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["0"], ["0", "600"]])
def test_a_number_and_a_first_seed_are_taken(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out == "0 months, 0 with complaints, 0.0 s of a core each\n"
