"""The Patients place: find somebody at the left, see and change everything about them at the right."""

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from clinic_desktop.people.import_patients import ImportResult
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.papers import print_card, print_card_again
from clinic_desktop.ui.patients import commands
from clinic_desktop.ui.patients.import_reading import result_words
from clinic_desktop.ui.patients.import_view import ImportView
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.patients.panels import Panels
from clinic_desktop.ui.patients.save_record import save_record
from clinic_desktop.ui.patients.view import PatientsView
from clinic_desktop.ui.places import Frame, Place, PlaceSpec
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label


class PatientsPlace(Place):
    """``view.book_wanted`` and ``view.visit_wanted`` say what belongs to other places."""

    by_name = True  # somebody's page was opened

    def __init__(self, frame: Frame, desk: Desk) -> None:
        self._frame, self._desk = frame, desk
        self.people = live_directory(desk)
        self.view = PatientsView(desk, self.people)
        self.panels = Panels(frame, desk, self.people, self.view)
        self._title = label(tr("Patients"), TextRole.TITLE)
        self._stack = QStackedWidget()
        self.import_view = ImportView(desk)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.import_view)
        self.import_view.left.connect(self._through)
        self.import_view.imported.connect(self._imported)
        self.view.list.new_wanted.connect(self.panels.new)
        self.view.list.import_wanted.connect(self.bring)
        self.view.page.command_wanted.connect(frame.commands.run)

    def widget(self) -> QWidget:
        return self._stack

    def top_bar_widget(self) -> QWidget:
        return self._title

    def activated(self) -> None:
        self.view.read_todays()
        self.panels.reopen()

    def commands(self) -> Sequence[Bound]:
        chosen, alive = self._has_patient, self._may_book
        listed = self._is_listed
        return (
            Bound(commands.FIND, self.view.list.start, listed),
            Bound(commands.NEW, self._new, listed),
            Bound(commands.EDIT, self.panels.edit, chosen),
            Bound(commands.BOOK, self._book, alive),
            Bound(commands.CLEAR, self.panels.clear, alive),
            Bound(commands.CHECK_LIST, self.panels.check_list, chosen),
            Bound(commands.ORDER, self.panels.order, alive),
            Bound(commands.SCORES, self.panels.score, chosen),
            Bound(commands.DRIVER, self._drivers, chosen),
            Bound(commands.PAYER, self.panels.payer, chosen),
            Bound(commands.RUNNING_OUT, self.panels.running_out, listed),
            Bound(commands.CARD, self._card, self._has_patient, offered=self._has_course),
            Bound(commands.CARD_AGAIN, self._card_again, chosen),
            Bound(commands.HISTORY, self.panels.history, chosen),
            Bound(commands.WHOLE_RECORD, self._save, self._may_save),
            Bound(commands.MERGE, self.panels.merge, chosen),
            Bound(commands.IMPORT, self.bring),
        )

    def panes(self) -> Sequence[QWidget]:
        if self._importing():
            return (self.import_view,)
        return (self.view.list, self.view.page)

    def focus_work(self) -> None:
        if self._importing():
            self.import_view.start()
        else:
            self.view.list.start()

    def forget(self) -> None:
        self.panels.close()
        self._stack.setCurrentWidget(self.view)
        self.view.forget()

    def escape(self) -> bool:
        if self._importing():
            self._through()
            return True
        return self.panels.close() or self.view.back_to_list()

    def chosen_patient(self) -> int | None:
        facts = self.view.facts
        return facts.patient.id if facts is not None and self._may_book() else None

    def show_patient(self, patient_id: int) -> None:
        """Show somebody, asked for by another place."""
        self._stack.setCurrentWidget(self.view)
        self.panels.show(patient_id)

    def new_patient(self, typed: str) -> None:
        """Begin a new record with what was typed into a search line."""
        self._stack.setCurrentWidget(self.view)
        self.panels.new(typed)

    def bring(self) -> None:
        """Import a list of patients."""
        self.panels.close()
        self._stack.setCurrentWidget(self.import_view)
        self.import_view.start()

    def _importing(self) -> bool:
        return self._stack.currentWidget() is self.import_view

    def _through(self) -> None:
        """Back from the import; a file that was not imported yet waits there."""
        self._stack.setCurrentWidget(self.view)
        self.view.list.start()

    def _imported(self, result: ImportResult) -> None:
        self._frame.say(result_words(result))

    def _new(self) -> None:
        self.panels.new(self.view.list.line.text().strip())

    def _book(self) -> None:
        if self.view.facts is not None:
            self.view.book_wanted.emit(self.view.facts.patient.id)

    def _card(self) -> None:
        if self.view.facts is not None:
            print_card(self.view, self._frame, self._desk, self.view.facts.patient.id)

    def _card_again(self) -> None:
        if self.view.facts is not None:
            print_card_again(self.view, self._frame, self._desk, self.view.facts.patient.id)

    def _may_save(self) -> bool:
        return self._importing() or self._has_patient()

    def _save(self) -> None:
        """One key: what could not be imported while that is shown, else the patient's record."""
        if self._importing():
            self.import_view.save_rejected()
        else:
            self._save_record()

    def _save_record(self) -> None:
        if self.view.facts is not None:
            save_record(self.view, self._frame, self._desk, self.view.facts.patient)

    def _has_course(self) -> bool:
        facts = self.view.facts if self._is_listed() else None
        return facts is not None and facts.has_course

    def _drivers(self) -> None:
        self.panels.edit("drivers")

    def _is_listed(self) -> bool:
        return not self._importing()

    def _has_patient(self) -> bool:
        return self._is_listed() and self.view.facts is not None

    def _may_book(self) -> bool:
        facts = self.view.facts if self._is_listed() else None
        return facts is not None and facts.patient.death_date is None


def patients_spec(desk: Desk, key: str = "Alt+3") -> PlaceSpec:
    """The place for the rail."""
    return PlaceSpec(
        "patients", QT_TR_NOOP("Patients"), "patients", key, lambda frame: PatientsPlace(frame, desk)
    )
