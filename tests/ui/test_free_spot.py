"""Where a notice lies when there is no place left at which it covers nothing."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QListView, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.free_spot import keep_clear, least_covering

SIZE = QSize(200, 80)


class Cards(QListView):
    """Of who is here: all of it is looked at."""

    def kept_clear(self) -> Sequence[QRect]:
        return [self.viewport().rect()]


def full(qtbot: QtBot) -> tuple[QWidget, QWidget]:
    """Cards everywhere, but for a list at the right that is as high as the window."""
    work = QWidget()
    work.resize(800, 400)
    cards, missing = Cards(work), QListView(work)
    cards.setGeometry(0, 0, 500, 400)
    missing.setGeometry(500, 0, 300, 400)
    qtbot.addWidget(work)
    work.show()
    qtbot.waitExposed(work)
    return work, missing


def spot(work: QWidget) -> QRect:
    return QRect(least_covering(work, work, QRect(QPoint(0, 0), work.size()), SIZE), SIZE)


def test_on_a_full_floor_a_notice_lies_over_cards_and_not_over_what_is_missing(qtbot: QtBot) -> None:
    work, missing = full(qtbot)
    keep_clear(missing)
    assert not spot(work).intersects(missing.geometry())


def test_where_nothing_is_missing_it_lies_over_the_list_and_not_over_cards(qtbot: QtBot) -> None:
    work, missing = full(qtbot)
    keep_clear(missing)
    keep_clear(missing, wanted=False)
    assert missing.geometry().contains(spot(work))
