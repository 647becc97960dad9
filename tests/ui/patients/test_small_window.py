"""1366 x 768 at 200 per cent: list and page take turns, nothing is cut, nothing is out of reach."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from clinic_desktop.people.model import Patient
from clinic_desktop.ui.theme import theme

KEY = Qt.Key
SMALL = (683, 365)


@pytest.fixture
def small(full_window):
    full_window.shell.resize(*SMALL)
    full_window.wait()
    return full_window


def test_the_list_has_the_room_until_somebody_is_opened(small):
    view = small.place.view
    small.type("okafor")
    small.wait(lambda: view.facts is not None)
    assert view.list.isVisible()
    assert not view.page.isVisible()
    small.press(KEY.Key_Return)
    assert view.page.isVisible()
    assert not view.list.isVisible()
    assert view.page.head.back.isVisible()
    small.press(KEY.Key_Escape)
    assert view.list.isVisible()
    assert small.focus is view.list.line


def test_opened_from_elsewhere_the_page_has_the_focus_and_pgdn_reads_on(small):
    view = small.place.view
    small.place.focus_work()
    with small.clinic.store.read() as records:
        amara = next(one for one in records.find(Patient) if one.family_name == "Okafor")
    for _ in range(2):  # somebody new, and whoever is shown already
        small.place.show_patient(amara.id)
        small.wait(lambda: view.facts is not None and view.page.isVisible())
        assert view.page.isAncestorOf(small.focus)
        small.press(KEY.Key_Escape)
    small.place.show_patient(amara.id)
    small.wait()
    small.press(KEY.Key_PageDown)
    assert view.page.verticalScrollBar().value() > 0


def test_the_back_button_does_the_same(small):
    view = small.place.view
    small.find("okafor")
    small.press(KEY.Key_Return)
    view.page.head.back.click()
    assert view.list.isVisible()


def test_a_wide_window_has_no_back_button(full_window):
    full_window.find("okafor")
    assert not full_window.place.view.page.head.back.isVisible()


@pytest.mark.parametrize("text_size", [100, 150])
def test_nothing_on_the_page_is_wider_than_the_page(small, text_size):
    before = theme().text_size
    theme().set_text_size(text_size)
    try:
        view = small.place.view
        small.find("okafor")
        small.press(KEY.Key_Return)
        small.wait()
        inside = view.page.viewport().width()
        assert view.page.widget().width() <= inside
        wide = [
            label.text()
            for label in view.page.widget().findChildren(QLabel)
            if label.isVisible() and label.mapTo(view.page.widget(), label.rect().topRight()).x() > inside
        ]
        assert wide == []
    finally:
        theme().set_text_size(before)


@pytest.mark.parametrize(
    ("key", "shift"), [(KEY.Key_W, False), (KEY.Key_C, True), (KEY.Key_L, True), (KEY.Key_O, True)]
)
@pytest.mark.parametrize("text_size", [100, 150])
def test_no_panel_is_wider_than_its_place(small, key, shift, text_size):
    before = theme().text_size
    theme().set_text_size(text_size)
    try:
        small.find("okafor")
        small.press(key, ctrl=True, shift=shift)
        small.wait()
        panel = small.panel
        assert panel._inside.minimumSizeHint().width() <= panel._scroll.viewport().width()
    finally:
        theme().set_text_size(before)


@pytest.mark.parametrize("text_size", [100, 150])
def test_the_history_shows_every_word(small, text_size):
    """Lines are as tall as their words in the width there is; only down is scrolled."""
    before = theme().text_size
    theme().set_text_size(text_size)
    try:
        small.find("okafor")
        small.press(KEY.Key_H, ctrl=True)
        view = small.panel.list
        small.wait(lambda: bool(view.lines))
        assert view.isVisible()
        assert view.hasFocus()
        QApplication.sendPostedEvents()
        view.executeDelayedItemsLayout()
        rows = [view.visualRect(view.model().index(n, 0)) for n in range(len(view.lines))]
        assert all(one.width() <= view.viewport().width() for one in rows)
        assert all(after.top() >= one.bottom() for one, after in pairwise(rows)), rows
    finally:
        theme().set_text_size(before)


def test_a_focused_field_is_scrolled_into_sight(small):
    small.find("okafor")
    small.press(KEY.Key_W, ctrl=True)
    form = small.panel
    for _ in range(12):
        small.press(KEY.Key_Tab)
        focused = small.focus
        if form._inside.isAncestorOf(focused):
            top = focused.mapTo(form._scroll.viewport(), focused.rect().topLeft()).y()
            assert 0 <= top < form._scroll.viewport().height()
