"""The papers that several places print: the day, and a patient's course card."""

from datetime import date
from functools import partial
from typing import cast

from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.document import RenderedPdf, RenderPdf
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.words import near_date
from clinic_desktop.reports.course_card import card_document, read_courses
from clinic_desktop.reports.day_sheet import day_document, read_day
from clinic_desktop.reports.sums import ReportStore
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paper import PaperDialog
from clinic_desktop.ui.places import Frame


def print_day(parent: QWidget, frame: Frame, desk: Desk, day: date) -> PaperDialog:
    """The day sheet, to look at and to print."""
    title = tr("Day sheet: {day}").format(day=near_date(day))
    make = partial(_day, desk, day)
    return PaperDialog.ask(parent, frame, title, make, job=tr("Day sheet"), name=f"day-{day.isoformat()}")


def print_card(parent: QWidget, frame: Frame, desk: Desk, patient_id: int) -> PaperDialog:
    """The course card of a patient, to look at and to print."""
    make = partial(_card, desk, patient_id)
    job, name = tr("Course card"), f"course-card-{patient_id}"
    return PaperDialog.ask(parent, frame, tr("Course card"), make, job=job, name=name)


def _day(desk: Desk, day: date) -> RenderedPdf:
    return _render(desk)(day_document(read_day(_reports(desk), day), tr))


def _card(desk: Desk, patient_id: int) -> RenderedPdf:
    courses = read_courses(_reports(desk), patient_id)
    if not courses:
        raise EnvironmentFailure(tr("No course with visits to come."))
    return _render(desk)(card_document(courses, tr))


def _reports(desk: Desk) -> ReportStore:
    return cast("ReportStore", desk.store)  # every store answers reports


def _render(desk: Desk) -> RenderPdf:
    if desk.render is None:
        raise EnvironmentFailure(tr("Nothing is printed from this window."))
    return desk.render
