"""A way to make a repair smaller: a visit takes some start, and everybody around it their next best."""

from clinic_desktop.scheduling.repair_attempt import Attempt

NEAR = 20  # cells; who is that near to the start is placed anew


def rebuilt(attempt: Attempt, number: int) -> bool:
    """Whether a visit could be served better so, in one of three orders of those around it."""
    before = list(attempt.trial.starts)
    for start in attempt.order[number]:
        if attempt.costs[number][start] >= attempt.costs[number][before[number]] or attempt.over:
            return False
        around = attempt.around(number, start, NEAR)
        lengths = {one: attempt.extent(one, 0)[0] - attempt.extent(one, 0)[1] for one in around}
        for order in (lengths, *_by_time(attempt, around)):
            ranked = [
                one for _, _, one in sorted((order[one], attempt.tasks[one].rank, one) for one in around)
            ]
            if _rebuild(attempt, number, start, ranked):
                return True
            attempt.trial.put_all(before)
    return False


def _by_time(attempt: Attempt, around: list[int]) -> tuple[dict[int, int], dict[int, int]]:
    forward = {one: attempt.tasks[one].own for one in around}
    return forward, {one: -own for one, own in forward.items()}


def _rebuild(attempt: Attempt, number: int, start: int, around: list[int]) -> bool:
    trial = attempt.trial
    spent = -attempt.cost((number, *around))
    for one in (number, *around):
        trial.take(one)
    if not trial.can_begin(number, start):
        return False
    trial.put(number, start)
    spent += attempt.costs[number][start]
    for one in around:
        free = trial.fitting(one)
        at = next((bit for bit in attempt.order[one] if free >> bit & 1), None)
        spent += attempt.costs[one][at]
        if spent >= 0 or (at is None and not attempt.tasks[one].lost):
            return False
        trial.put(one, at)
    return trial.seated()
