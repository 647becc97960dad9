"""Several desks at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from clinic_desktop.foundation.errors import ClinicProblem


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run all at the same moment; what each answered or was refused with."""
    gate = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        gate.wait()
        try:
            return work()
        except ClinicProblem as problem:
            return problem

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))
