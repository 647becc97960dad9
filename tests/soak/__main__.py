"""``python3 run.py soak [PART ...]``: what takes too long for the suite, one part after its name.

soak [SEEDS [FIRST]]   simulated months (also: soak months ...)
soak races             2,000 places, 8 desks on a file and 32 on a server
soak kills [TIMES]     so many kills (200) of desks at their work
soak damage            200 damaged files
soak inputs [N [FIRST]]  1,000,000 inputs to the use cases
soak standby [TIMES]   the server dies under load, so many times (5), and its standby takes over
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from tempfile import TemporaryDirectory

PARTS = {
    "months": "tests.simulation.__main__",
    **{one: f"tests.soak.{one}" for one in ("races", "kills", "damage", "inputs", "standby")},
}


def main(arguments: Sequence[str]) -> int:
    """The exit status of the part: 0 when nothing was wrong, 2 for a wrong call."""
    first, *rest = arguments or ["months"]
    if first.lstrip("-").isdigit():
        first, rest = "months", list(arguments)
    if first not in PARTS:
        sys.stderr.write(f"There is no part {first}. There are: {', '.join(PARTS)}.\n")
        return 2
    with TemporaryDirectory(prefix="soak-home-", ignore_cleanup_errors=True) as home:
        os.environ["CLINIC_DESKTOP_HOME"] = home  # nobody's own settings, keys and logs
        status: int = import_module(PARTS[first]).main(rest)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
