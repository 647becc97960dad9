"""Start Clinic Desktop, its tests, its benchmarks or its long proofs, setting up what is missing first.

    python3 run.py [ARGUMENTS]         the app, with its own arguments (Windows: py run.py)
    python3 run.py test [PYTEST ARGS]  the whole test suite with lint and types
    python3 run.py bench [NAME ...]    the benchmarks
    python3 run.py soak [PART ...]     simulated months, or races, kills, damage, inputs, standby

This file stays readable to old Pythons so that they can be told kindly.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the one file that older Pythons get to see
    sys.stderr.write(
        "Clinic Desktop needs Python 3.11 or newer; this is Python %d.%d.\n"  # noqa: UP031 - as above
        "Install a newer Python and start it with that one, for example: python3.11 run.py\n"
        % sys.version_info[:2]
    )
    sys.exit(1)

from setup_tools.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
