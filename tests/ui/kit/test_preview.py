"""The preview shows the page that prints, reads it out, and turns and zooms by key."""

import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.ui import operations
from clinic_desktop.ui.pdf_pages import PageView, render_page
from clinic_desktop.ui.preview import PdfPreview
from tests.ui.grab import grab_both

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def pdf(*pages: str, across: float = letter[0]) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(across, letter[1]), invariant=1)
    for text in pages:
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 392, 306, 400, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(72, 72, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.fixture
def preview(qtbot: QtBot) -> PdfPreview:
    made = PdfPreview("Aftercare sheet")
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    return made


def shown(preview: PdfPreview, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not preview.busy and operations.running_count() == 0)


def test_a_page_comes_with_its_picture_size_and_text() -> None:
    view = render_page(pdf("Do not drive", "Page two"), 0, 2.0)
    assert (view.number, view.count) == (0, 2)
    assert (view.width, view.height) == (612, 792)
    assert (view.image.width(), view.image.height()) == (1224, 1584)
    assert view.image.pixelColor(100, 100).name() == "#ff0000"
    assert view.image.pixelColor(1100, 100).name() == "#ffffff"
    assert view.text.strip() == "Do not drive"
    assert (
        view.image.format() is QImage.Format.Format_RGB32
    )  # as it is painted: nothing is turned into it then


def test_a_page_past_the_end_is_the_last() -> None:
    assert render_page(pdf("one", "two"), 9, 1.0).text.strip() == "two"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nonsense", b"\x00" * 200])
def test_a_damaged_file_says_what_to_do(data: bytes) -> None:
    with pytest.raises(EnvironmentFailure, match="Make the sheet again"):
        render_page(data, 0, 1.0)


def test_the_preview_is_named_and_reads_its_page(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.show_pdf(pdf("Do not drive", "Page two"))
    shown(preview, qtbot)
    assert preview.accessibleName() == "Aftercare sheet, page 1 of 2"
    assert preview.accessibleDescription().strip() == "Do not drive"


def test_page_keys_turn_pages_and_stop_at_the_ends(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.show_pdf(pdf("a", "b", "c"))
    shown(preview, qtbot)
    seen = []
    for key in (Key.Key_PageUp, Key.Key_PageDown, Key.Key_End, Key.Key_PageDown, Key.Key_Home):
        qtbot.keyClick(preview, key)
        shown(preview, qtbot)
        seen.append(preview.page)
    assert seen == [1, 2, 3, 3, 1]


def test_it_fits_the_width_and_zooms_by_key(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.show_pdf(pdf("a"))
    shown(preview, qtbot)
    fitted = preview._page_size()[0]
    assert fitted == pytest.approx(preview.viewport().width() - 28, abs=1)
    assert preview._view is not None
    assert preview._view.image.width() == pytest.approx(fitted, abs=2)
    qtbot.keyClick(preview, Key.Key_Plus, CTRL)
    shown(preview, qtbot)
    assert preview._page_size()[0] > fitted
    assert preview.horizontalScrollBar().maximum() > 0
    qtbot.keyClick(preview, Key.Key_Right)
    assert preview.horizontalScrollBar().value() > 0
    qtbot.keyClick(preview, Key.Key_Minus, CTRL)
    qtbot.keyClick(preview, Key.Key_0, CTRL)
    shown(preview, qtbot)
    assert preview._page_size()[0] == pytest.approx(fitted)


@pytest.mark.parametrize(("across", "reads"), [(612, 1), (595, 2)])
def test_a_usual_page_is_made_a_picture_once(
    preview: PdfPreview, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, across: int, reads: int
) -> None:
    """And another one as often as it takes to know how wide it is."""
    made: list[float] = []

    def count(data: bytes, number: int, ratio: float) -> PageView:
        made.append(ratio)
        return render_page(data, number, ratio)

    monkeypatch.setattr("clinic_desktop.ui.preview.render_page", count)
    room = preview.viewport().width() - 28
    preview.show_pdf(pdf("a", across=across))
    shown(preview, qtbot)
    assert made == pytest.approx([room / 612, room / across][:reads])


def test_what_cannot_be_shown_is_said_in_its_place(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.show_pdf(b"nonsense")
    shown(preview, qtbot)
    assert "Make the sheet again" in preview.message
    assert preview.accessibleDescription() == preview.message
    preview.show_pdf(pdf("mended"))
    shown(preview, qtbot)
    assert preview.message == ""
    assert preview.page == 1


def test_a_new_version_keeps_the_page_and_clearing_forgets_it(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.show_pdf(pdf("a", "b"))
    shown(preview, qtbot)
    preview.go_to(2)
    shown(preview, qtbot)
    preview.show_pdf(pdf("a", "b changed"))
    shown(preview, qtbot)
    assert preview.page == 2
    assert preview.accessibleDescription().strip() == "b changed"
    preview.clear()
    assert preview.page == preview.page_count == 0
    assert preview.accessibleName() == "Aftercare sheet"


def test_pictures_for_the_eye(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.show_pdf(pdf("Do not drive until Wednesday."))
    shown(preview, qtbot)
    grab_both(preview, "preview")
