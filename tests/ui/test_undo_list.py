"""The two stacks of undo and redo: their order, their length, and what ends them."""

from clinic_desktop.scheduling.steps import Label, Step
from clinic_desktop.ui.undo_list import MOST, UndoList

NAME = Label("{patient} moved", {"patient": "Okafor, Amara"})


def step(number: int) -> Step:
    return Step(number, number)


def test_the_last_step_comes_back_first_and_goes_over_to_the_other_stack() -> None:
    steps = UndoList()
    first, second = steps.did(step(1)), steps.did(step(2))
    assert steps.last_done is second
    steps.taken_back(second, step(3), NAME)
    assert steps.last_done is first
    again = steps.last_undone
    assert again is not None
    assert (again.step, again.label) == (step(3), NAME)
    steps.taken_back(again, step(4), NAME)
    assert steps.last_done is not None
    assert steps.last_done.step == step(4)
    assert steps.last_undone is None


def test_a_new_step_ends_what_could_be_done_again() -> None:
    steps = UndoList()
    steps.taken_back(steps.did(step(1)), step(2), NAME)
    steps.did(step(3))
    assert steps.last_undone is None


def test_the_oldest_goes_when_there_are_too_many() -> None:
    steps = UndoList()
    made = [steps.did(step(number)) for number in range(MOST + 2)]
    for entry in reversed(made[2:]):
        assert steps.last_done is entry
        steps.drop(entry)
    assert steps.last_done is None


def test_what_wrote_nothing_cannot_be_done_again() -> None:
    steps = UndoList()
    steps.taken_back(steps.did(step(1)), None, NAME)
    assert (steps.last_done, steps.last_undone) == (None, None)
