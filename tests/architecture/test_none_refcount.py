"""The Qt binding gives back every reference to None that it takes.

One version lost one on each call that returns nothing, and the program died after some thousand calls.
"""

import sys

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLabel, QLineEdit

CALLS = 400


@pytest.fixture
def spare_references():
    """So that a binding which loses them cannot end the test run before it is reported."""
    return [None] * (100 * CALLS)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_calls_that_return_nothing_keep_none_alive(qtbot, spare_references):
    label, edit = QLabel(), QLineEdit()
    qtbot.addWidget(label)
    qtbot.addWidget(edit)
    image = QImage(40, 40, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    probes = {
        "setText": lambda: label.setText("x"),
        "line edit": lambda: edit.setText("x"),
        "setAccessibleName": lambda: label.setAccessibleName("x"),
        "update": label.update,
        "setPen": lambda: painter.setPen(QColor("black")),
        "drawRect": lambda: painter.drawRect(QRectF(1, 1, 9, 9)),
        "drawText": lambda: painter.drawText(QPointF(1, 9), "x"),
        "parent": label.parent,
    }
    drift = {name: references_gained(probe) for name, probe in probes.items()}
    painter.end()
    assert all(abs(gained) < CALLS // 10 for gained in drift.values()), drift
    assert len(spare_references) > CALLS


def references_gained(probe) -> int:
    probe()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        probe()
    return sys.getrefcount(None) - before
