"""One key on the floor for the sheet of whoever is treated in a room, by ear.

Run by the system's own Python with who is at work. Prints one JSON object: what was heard.
"""

import json
import sys

from atspi_driver import application, find, go_to, said_by, say_who, wait_for
from atspi_floor import with_ctrl


def run(nurse: str) -> dict[str, object]:
    app = application()
    say_who(app, nurse)
    go_to(app, "Floor")
    panel = find(app, "Recording")
    with_ctrl("1")
    find(panel, "Ortiz, Ana")
    with_ctrl("p")
    bar = find(app, "Status bar")
    printed = wait_for("printed", lambda: said_by(bar, "filler", "printed on "))
    return {"printed": str(printed[0])}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(sys.argv[1])))
