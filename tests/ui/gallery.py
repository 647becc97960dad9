"""Every widget of the kit on two pages, to look at.

CLINIC_DESKTOP_PICTURES=/tmp/pictures QT_QPA_PLATFORM=offscreen python -m tests.ui.gallery
"""

import sys
from datetime import date

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from clinic_desktop.foundation.words import short_date
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.driver_badge import DriverMark
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.paint import Tone, paint_box, paint_hatch
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import DONE, FAMILIES, TextRole
from clinic_desktop.ui.widgets.badge import Badge, DriverBadge, KeyCap, StateMark
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.choice_list import Choice, ChoiceList
from clinic_desktop.ui.widgets.date_navigator import DateNavigator
from clinic_desktop.ui.widgets.empty_state import EmptyState
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Card, Line, Panel
from clinic_desktop.ui.widgets.parsed_line import time_line
from clinic_desktop.ui.widgets.reason_picker import ReasonPicker
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.widgets.section import SectionHeader
from clinic_desktop.ui.widgets.segmented import Segment, SegmentedSwitch
from clinic_desktop.ui.widgets.suggest_field import SuggestField
from tests.ui.grab import grab

TUESDAY = date(2026, 11, 17)


class Swatches(QWidget):
    """Bands and hatches of the visit types."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(theme().px(96))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        for number, name in enumerate((*FAMILIES, DONE)):
            colours = theme().family(name)
            left = number * 92.0
            paint_box(painter, QRectF(left, 0, 84, 92), colours.prep, colours.edge, 6)
            painter.fillRect(QRectF(left + 1, 16, 82, 30), colours.dose)
            paint_hatch(painter, QRectF(left + 1, 46, 82, 30), name)
            painter.setPen(colours.ink)
            painter.setFont(theme().font(TextRole.STRONG))
            painter.drawText(QPointF(left + 10, 36), name.upper())


def row(*widgets: QWidget) -> QHBoxLayout:
    made = QHBoxLayout()
    made.setSpacing(8)
    for widget in widgets:
        made.addWidget(widget)
    made.addStretch(1)
    return made


def marks_page() -> QWidget:
    page = Panel("canvas")
    column = QVBoxLayout(page)
    column.setContentsMargins(22, 16, 22, 18)
    column.setSpacing(10)
    column.addWidget(label("Kit", TextRole.PAGE))
    grid = QGridLayout()
    for number, state in enumerate(VisitState):
        card = Card("surface", "line", "control")
        inner = QHBoxLayout(card)
        inner.setContentsMargins(9, 4, 9, 4)
        inner.addWidget(StateMark(state))
        inner.addStretch(1)
        grid.addWidget(card, number // 4, number % 4)
    column.addLayout(grid)
    column.addLayout(row(*(DriverBadge(mark) for mark in DriverMark), Line()))
    column.addLayout(
        row(
            *(Badge(tone.value.title(), tone) for tone in Tone),
            Badge("2 no driver", Tone.DANGER, "warning", strong=True),
        )
    )
    column.addWidget(Swatches())
    column.addLayout(
        row(
            Button("Book", Kind.PRIMARY, icon="plus", key="F3"),
            Button("Move", key="Ctrl+M"),
            Button("More times", Kind.QUIET),
            Button("Cancel visit", Kind.DANGER),
            missing(),
            focused(),
        )
    )
    column.addLayout(
        row(
            SegmentedSwitch(
                [Segment("rooms", "Rooms"), Segment("staff", "Staff"), Segment("week", "Week")], "View"
            ),
            Button("Next opening", icon="search", key="F4", size="small"),
            Button(icon="left", name="Day back"),
            KeyCap("Ctrl+K"),
            IconLabel("driver"),
            IconLabel("warning", "danger"),
            IconLabel("offline", "danger"),
        )
    )
    column.addLayout(row(DateNavigator(lambda: TUESDAY, lambda _t: None, short_date), search()))
    column.addWidget(NoticeBox("A room with two chairs is two columns.", "Name them Bay A and Bay B."))
    column.addWidget(NoticeBox("46 h after visit 2. The plan says a clear day between.", tone=Tone.WARN))
    column.addStretch(1)
    return page


def missing() -> Button:
    button = Button("Release: 2 missing", key="F8")
    button.set_missing(["final pressure", "driver here"])
    return button


def focused() -> Button:
    button = Button("Focused", Kind.PRIMARY)
    button.hasFocus = lambda: True  # type: ignore[method-assign]  # only for the picture
    return button


def search() -> SuggestField:
    return SuggestField(lambda _t: [], "Patient, phone, date or command", name="Search", key="Ctrl+K")


def forms_page() -> QWidget:
    page = Panel("sunken")
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 16, 20, 18)
    column.setSpacing(12)
    column.addWidget(SectionHeader("Patient", Button("Open plan", Kind.QUIET, size="small")))
    column.addWidget(FieldRow("Name", QLineEdit("Okafor, Amara"), "Family name first"))
    phone = FieldRow("Phone", QLineEdit("(512) 555-01"))
    phone.set_problem("(512) 555-01 is too short: a number has ten digits.")
    column.addWidget(phone)
    time = time_line(name="Time", placeholder="9:30, 930, 2p")
    time.set_value(615)
    column.addWidget(FieldRow("Time", time))
    combo = QComboBox()
    combo.addItems(["Infusion 1", "Infusion 2"])
    column.addWidget(FieldRow("Room", combo))
    check, off, radio = QCheckBox("Large print"), QCheckBox("Voicemail allowed"), QRadioButton("English")
    check.setChecked(True)
    radio.setChecked(True)
    column.addLayout(row(check, off, radio, QRadioButton("Spanish")))
    note = QPlainTextEdit("Prefers mornings.")
    note.setFixedHeight(60)
    column.addWidget(FieldRow("Note", note))
    column.addWidget(
        ReasonPicker([("ill", "Patient is unwell"), ("driver", "No driver"), ("mind", "Changed their mind")])
    )
    column.addStretch(1)
    return page


def states_page() -> QWidget:
    page = Panel("surface")
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 16, 20, 18)
    choices = [
        Choice(
            "1", Row("Thu Nov 19, 10:15-12:05", "Same time and nurse as the last 2 visits", "Infusion 1, MJ")
        ),
        Choice(
            "2",
            Row(
                "Fri Nov 20, 8:15-10:05", "First quiet hour", "Infusion 3, TO", badge="Best fit", tone=Tone.OK
            ),
        ),
        Choice(
            "3",
            Row("Stay on the waitlist for today", "We tell you when a time opens", state=VisitState.BOOKED),
        ),
    ]
    column.addWidget(ChoiceList(choices, "Other times"))
    column.addWidget(
        EmptyState(
            "calendar",
            "No visits on Friday, December 4 yet",
            "Open 8:00 to 5:30, 3 nurses and Dr. Lin on site. Room for about 18 visits.",
            [Button("Book a visit", Kind.PRIMARY, icon="plus", key="F3"), Button("See the 4 people")],
        )
    )
    return page


def main() -> int:
    app = QApplication(sys.argv)
    theme()
    for scale, text in ((1.0, 100), (2.0, 100), (1.0, 150)):
        theme().set_text_size(text)
        for name, make, size in (
            ("marks", marks_page, (760, 700)),
            ("forms", forms_page, (440, 720)),
            ("states", states_page, (560, 620)),
        ):
            for dark in (False, True):
                page = make()
                grab(
                    page,
                    f"kit-{name}" + (f"-text{text}" if text != 100 else ""),
                    size if text == 100 else (size[0] * 3 // 2, size[1] * 3 // 2),
                    scale,
                    dark,
                )
    app.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main())
