"""J7: the two-page aftercare sheet, from the facts of a visit to the bytes of the PDF.

    python -m benchmarks.sheet

The floor is the same two pages drawn in the same run with reportlab's canvas alone: every word already in
its place, nothing read, filled in, broken into lines or laid out.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from clinic_desktop.aftercare.compose import Made, compose_sheet
from clinic_desktop.aftercare.facts import compute_facts
from clinic_desktop.aftercare.parse import shipped_template
from clinic_desktop.aftercare.template import Template
from clinic_desktop.aftercare.values import (
    ClinicFacts,
    DriverFacts,
    NextVisit,
    PhoneLine,
    SheetSource,
)
from clinic_desktop.foundation.document import Document, RenderedPdf
from clinic_desktop.printing.fonts import Face, faces
from clinic_desktop.printing.pages import lay_out
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.printing.tags import Element

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

WARM_GOAL = 50  # sheets per CPU second
FIRST_GOAL = 0.25  # seconds
_SHEETS, _ROUNDS, _STARTS = 40, 5, 5
_FIRST = """
import sys, time
from benchmarks.sheet import one_sheet, text_of_sheet
assert "reportlab" not in sys.modules
began = time.perf_counter()
one_sheet(0, text_of_sheet())
print(time.perf_counter() - began)
"""


def measure() -> dict[str, Any]:
    """Rows of name, value, unit, floor, ratio, goal and met."""
    template, drawings = text_of_sheet(), _drawings(_document(0, text_of_sheet()))
    ours, floor = [], []
    for _ in range(_ROUNDS):  # by turns, so that a busy moment hits both
        ours.append(_cpu(lambda n: one_sheet(n, template)))
        floor.append(_cpu(lambda _: _draw_directly(drawings)))
    warm, least = _SHEETS / statistics.median(ours), _SHEETS / statistics.median(floor)
    first = statistics.median(_first_sheet() for _ in range(_STARTS))
    rows = [
        {
            "name": "two-page sheets, warm",
            "value": warm,
            "unit": "per CPU second",
            "floor": least,
            "ratio": least / warm,
            "goal": f">= {WARM_GOAL}",
            "met": warm >= WARM_GOAL,
        },
        {
            "name": "first sheet in a running program",
            "value": first,
            "unit": "s",
            "goal": f"<= {FIRST_GOAL} s",
            "met": first <= FIRST_GOAL,
        },
    ]
    return {"rows": rows, "met": all(row["met"] for row in rows)}


def text_of_sheet() -> Template:
    return shipped_template("iv")


def one_sheet(number: int, template: Template) -> RenderedPdf:
    """A sheet of a visit of its own, so that nothing can be kept from the one before."""
    pdf = render_pdf(_document(number, template))
    assert pdf.page_count == 2
    return pdf


def _document(number: int, template: Template) -> Document:
    made = Made(datetime(2026, 11, 17, 17, 40, tzinfo=UTC), "MJ")
    return compose_sheet(template, compute_facts(_source(number)), made)


def _source(number: int) -> SheetSource:
    phones = (PhoneLine("(512) 555-0100", "8 AM to 6 PM"), PhoneLine("(512) 555-0199", "all other hours"))
    return SheetSource(
        visit_id=20_000 + number,
        visit_day=date(2026, 11, 17),
        zone="America/Chicago",
        kind="iv",
        patient_name=f"Zoë Ångström {number}",
        birth_date=date(1950 + number % 50, 4, 12),
        clinic=ClinicFacts("Cedar Street Clinic", "1450 Cedar Street, Austin, TX 78704", phones),
        last_dose_at=datetime(2026, 11, 17, 16, number % 30, tzinfo=UTC),
        infused=True,
        infusion_ended_at=datetime(2026, 11, 17, 17, number % 30, tzinfo=UTC),
        driver=DriverFacts(f"Daniel Okafor {number}", "(512) 555-0147"),
        next_visits=(NextVisit(date(2026, 11, 20), 615),),
    )


def _cpu(work: Callable[[int], object]) -> float:
    """CPU seconds of a batch."""
    work(-1)
    began = time.process_time()
    for number in range(_SHEETS):
        work(number)
    return time.process_time() - began


def _first_sheet() -> float:
    """Seconds in a fresh process that has its own modules, but neither reportlab nor the fonts yet."""
    done = subprocess.run([sys.executable, "-c", _FIRST], capture_output=True, text=True, check=True)
    return float(done.stdout)


class _Recorder:
    """A pen that writes down what is drawn."""

    def __init__(self) -> None:
        self.drawn: list[tuple[Any, ...]] = []

    def write(self, x: float, baseline: float, text: str, *, face: Face, size: float) -> None:
        self.drawn.append(("text", x, baseline, text, face.name, size))

    def rule(self, x: float, y: float, width: float, weight: float) -> None:
        self.drawn.append(("line", x, y, x + width, y, weight))

    def stem(self, x: float, top: float, height: float, weight: float) -> None:
        self.drawn.append(("line", x, top, x, top + height, weight))

    def frame(
        self, x: float, top: float, width: float, height: float, weight: float, *, dashed: bool = False
    ) -> None:
        assert not dashed
        self.drawn.append(("frame", x, top + height, width, height, weight))

    def blank(self, x: float, top: float, width: float, height: float) -> None:
        raise AssertionError("a sheet draws over nothing")

    def hatch(self, x: float, top: float, width: float, height: float, gap: float) -> None:
        raise AssertionError("a sheet has nothing hatched")

    def squares(self, x: float, top: float, side: float, rows: Sequence[Sequence[bool]]) -> None:
        raise AssertionError("a sheet has no squares")

    def begin(self, element: Element | None) -> None:
        pass

    def end(self) -> None:
        pass


def _drawings(document: Document) -> list[list[tuple[Any, ...]]]:
    layout = lay_out(document, faces())
    pages = []
    for number in range(len(layout.pages)):
        recorder = _Recorder()
        layout.draw_page(number, recorder)
        pages.append(recorder.drawn)
    return pages


def _draw_directly(pages: list[list[tuple[Any, ...]]]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - the first sheet pays, as in the program

    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(612, 792), pageCompression=1, invariant=1)
    for page in pages:
        for kind, *values in page:
            _draw(canvas, kind, values)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: "Canvas", kind: str, values: list[Any]) -> None:
    if kind == "text":
        x, y, text, font, size = values
        canvas.setFont(font, size)
        canvas.drawString(x, 792 - y, text)
        return
    canvas.setLineWidth(values[-1])
    if kind == "line":
        x1, y1, x2, y2 = values[:-1]
        canvas.line(x1, 792 - y1, x2, 792 - y2)
    else:
        x, bottom, width, height = values[:-1]
        canvas.roundRect(x, 792 - bottom, width, height, 5)


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
