"""The side panels of the Patients place: which one opens for what, and what happens when it is done."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from clinic_desktop.people.model import Authorization, Clearance, Merge, Order, Package, Patient, Screening
from clinic_desktop.people.scores import Score
from clinic_desktop.scheduling.clearing import Cleared
from clinic_desktop.scheduling.merging import Merged, undo_merge
from clinic_desktop.scheduling.ordering import Ordered
from clinic_desktop.scheduling.patient_edit import Kept
from clinic_desktop.scheduling.scoring import Scored
from clinic_desktop.scheduling.stranded import StrandedVisit
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import ChoiceDialog, QuestionDialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.check_list_panel import CheckListPanel
from clinic_desktop.ui.patients.clearance_panel import ClearancePanel, ask_withdrawal
from clinic_desktop.ui.patients.form import WIDTH, PatientForm
from clinic_desktop.ui.patients.history_panel import HistoryPanel
from clinic_desktop.ui.patients.live_directory import LiveDirectory
from clinic_desktop.ui.patients.merge_panel import MergePanel
from clinic_desktop.ui.patients.order_panel import OrderPanel
from clinic_desktop.ui.patients.panel_frame import PanelFrame
from clinic_desktop.ui.patients.payer_panels import (
    AuthorizationPanel,
    DevicesPanel,
    KeepingPanel,
    PackagePanel,
)
from clinic_desktop.ui.patients.running_out_panel import RunningOutPanel
from clinic_desktop.ui.patients.view import PatientsView
from clinic_desktop.ui.patients.wording import clearance_words, day_words, visits_words
from clinic_desktop.ui.places import Frame, NoticeAction
from clinic_desktop.ui.scores.panel import Asked, ScorePanel, tell
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.rows import Row

NEW = 0


class Panels(QObject):
    """Opens panels through the window. A form that was left with something typed opens as it was left."""

    def __init__(self, frame: Frame, desk: Desk, people: LiveDirectory, view: PatientsView) -> None:
        super().__init__(view)
        self._frame, self._desk, self._people, self._view = frame, desk, people, view
        self._forms: dict[int, PatientForm] = {}
        self._panel: PanelFrame | None = None
        self._wanted = NEW
        page = view.page
        page.part_wanted.connect(self.part)
        page.clearance_wanted.connect(self.clearance)
        page.order_wanted.connect(self.order)
        page.score_wanted.connect(self.score)
        page.driver_wanted.connect(self._driver)
        page.payer_wanted.connect(self.payer_record)
        page.undo_merge_wanted.connect(self.undo_merge)
        desk.actor_changed.connect(self._somebody_else)
        people.changed.connect(self._show_wanted)
        view.shown.connect(self._page_shown)

    # What can be asked for.

    def new(self, typed: str = "") -> None:
        """The panel for a new patient, with what was typed into the search line."""
        form = self._form(None)
        if typed and not form.has_draft:
            form.prefill(typed)
        self._open(form)
        form.start()

    def edit(self, part: str = "") -> None:
        """The panel to change the chosen patient, at the field of a to-do."""
        facts = self._view.facts
        if facts is not None:
            form = self._form(facts.patient)
            self._open(form)
            form.start(part)

    def part(self, part: str) -> None:
        """Where a to-do is done."""
        others = {"check_list": self.check_list, "clearance": self.clear, "orders": self.order}
        if part in others:
            others[part]()
        else:
            self.edit(part)

    def clear(self) -> None:
        """Clear the chosen patient."""
        if (facts := self._view.facts) is not None:
            panel = ClearancePanel(self._desk, facts)
            panel.done.connect(self._cleared)
            panel.closed.connect(self.close)
            self._open(panel)
            panel.start()

    def clearance(self, clearance: Clearance) -> None:
        """A clearance was chosen: one that holds can be withdrawn, any other is given anew."""
        facts = self._view.facts
        if facts is None:
            return
        if clearance.withdrawn_at is None and clearance.until >= facts.today:
            ask_withdrawal(self._view, self._desk, facts, clearance)
        else:
            self.clear()

    def check_list(self) -> None:
        """Go through the check list of the chosen patient."""
        if (facts := self._view.facts) is not None:
            panel = CheckListPanel(self._desk, facts)
            panel.done.connect(self._screened)
            panel.closed.connect(self.close)
            self._open(panel)
            panel.start()

    def order(self, order: Order | None = None) -> None:
        """Write an order for the chosen patient, or change one."""
        if (facts := self._view.facts) is not None:
            panel = OrderPanel(self._desk, facts, order)
            panel.done.connect(self._ordered)
            panel.closed.connect(self.close)
            self._open(panel)
            panel.start()

    def score(self, seen: Score | None = None) -> None:
        """Type a score of the chosen patient, or correct one."""
        if (facts := self._view.facts) is None:
            return
        visit, patient = facts.unscored, facts.patient
        wanted = facts.missing(visit) if visit is not None else frozenset()
        panel = ScorePanel(
            self._desk, Asked(patient.id, patient.name, visit.id if visit else None, wanted), seen
        )
        panel.done.connect(partial(self._scored, patient.name))
        panel.closed.connect(self.close)
        self._open(panel)
        panel.start()

    def _scored(self, name: str, scored: Scored) -> None:
        self.close()
        tell(self._frame, name, scored)

    def payer(self) -> None:
        """Ask what to record: who pays, what is paid ahead, or devices that came."""
        choices = [
            Choice("authorization", Row(tr("Authorization"), tr("payer, number, visits, dates"))),
            Choice("package", Row(tr("Package"), tr("visits that are paid together"))),
            Choice("devices", Row(tr("Devices"), tr("came for this patient, or went"))),
        ]
        ChoiceDialog.ask(self._view, tr("What to record?"), "", choices, self._payer_chosen)

    def _payer_chosen(self, choice: str) -> None:
        facts = self._view.facts
        if facts is not None:
            panels = {"authorization": AuthorizationPanel, "package": PackagePanel, "devices": DevicesPanel}
            self._open_payer(panels[choice](self._desk, facts))

    def payer_record(self, record: object) -> None:
        """A line was chosen: the record is changed; devices come or go by another movement."""
        facts = self._view.facts
        if facts is None:
            return
        if isinstance(record, Authorization):
            self._open_payer(AuthorizationPanel(self._desk, facts, record))
        elif isinstance(record, Package):
            self._open_payer(PackagePanel(self._desk, facts, record))
        else:
            self._open_payer(DevicesPanel(self._desk, facts))

    def _open_payer(self, panel: KeepingPanel) -> None:
        panel.done.connect(self._payer_kept)
        panel.closed.connect(self.close)
        self._open(panel)
        panel.start()

    def _payer_kept(self) -> None:
        self.close()
        self._frame.say(tr("It is kept"))

    def running_out(self) -> None:
        """Who lacks an authorization, a paid visit or devices in the next three business days."""
        panel = RunningOutPanel(self._desk)
        panel.chosen.connect(self.show)
        panel.closed.connect(self.close)
        self._open(panel)
        panel.start()

    def merge(self) -> None:
        """Merge the chosen patient with another record."""
        if (facts := self._view.facts) is not None:
            panel = MergePanel(self._desk, self._people, facts.patient)
            panel.done.connect(self._merged)
            panel.closed.connect(self.close)
            self._open(panel)
            panel.start()

    def history(self) -> None:
        """Who changed what about the chosen patient."""
        if (facts := self._view.facts) is not None:
            panel = HistoryPanel(self._desk, facts.patient)
            panel.closed.connect(self.close)
            self._open(panel)
            panel.start()

    def undo_merge(self, merge: Merge) -> None:
        """Ask, then take two records apart again."""
        title = tr("Take these two records apart again?")
        text = tr("Visits and orders go back to the record they came from. What was added since stays here.")
        work = partial(undo_merge, self._desk.store, self._desk.actor, merge.id)
        yes = partial(run, self, work, self._apart, key="patients.merge")
        QuestionDialog.ask(self._view, title, text, tr("Take apart"), yes)

    # What happens then.

    def close(self) -> bool:
        """Close the open panel; False when there is none. What was typed stays for the next time."""
        if self._panel is None:
            return False
        panel, self._panel = self._panel, None
        self._frame.close_panel()
        if not (isinstance(panel, PatientForm) and panel.has_draft):
            self._drop(panel)
        return True

    def reopen(self) -> None:
        """Back from another place: the panel that was open stands there again."""
        if self._panel is not None:
            self._frame.show_panel(self._panel, WIDTH)

    def _page_shown(self) -> None:
        """The history that stands beside the page is that of the page."""
        facts, panel = self._view.facts, self._panel
        if isinstance(panel, HistoryPanel) and facts is not None:
            panel.follow(facts.patient)

    def _somebody_else(self) -> None:
        if self._panel is not None:
            self._panel.renew_rights()

    def _open(self, panel: PanelFrame) -> None:
        if panel is self._panel:
            return
        if not self._frame.show_panel(panel, WIDTH):
            self._drop(panel)  # what stands there holds a plan, and stays
            return
        before, self._panel = self._panel, panel
        if before is not None and not (isinstance(before, PatientForm) and before.has_draft):
            self._drop(before)

    def _drop(self, panel: PanelFrame) -> None:
        self._forms = {number: form for number, form in self._forms.items() if form is not panel}
        panel.deleteLater()

    def _form(self, patient: Patient | None) -> PatientForm:
        number = patient.id if patient else NEW
        known = self._forms.get(number)
        if known is not None:
            return known
        form = PatientForm(self._desk, self._people, patient)
        form.saved.connect(self._saved)
        form.open_wanted.connect(self._view.choose)
        form.closed.connect(self.close)
        self._forms[number] = form
        return form

    def _saved(self, kept: Kept) -> None:
        patient, panel = kept.patient, self._panel
        if isinstance(panel, PatientForm) and panel.has_draft:  # somebody types on
            self._forms = {one.patient_id: one for one in self._forms.values()}
        else:
            self.close()
        self._frame.say(
            tr("{name} is saved, {number}").format(name=patient.name, number=patient.chart_number)
        )
        self.show(patient.id)
        if kept.in_question:
            self._tell_in_question(kept.in_question)

    def _tell_in_question(self, visits: Sequence[StrandedVisit]) -> None:
        """A date of death or of birth forbids visits that are booked: somebody must see to them."""
        title = tr("%n coming visit(s) cannot take place as booked", "", len(visits))
        show = NoticeAction(tr("Show on the board"), partial(self._on_board, visits[0].visit.id))
        self._frame.notice(title, visits_words(visits), Tone.WARN, show)

    def _on_board(self, visit_id: int) -> None:
        tell = getattr(self._frame.go("board"), "show_visit", None)
        if callable(tell):
            tell(visit_id)

    def show(self, patient_id: int) -> None:
        """Show somebody, now or as soon as the list knows them."""
        self._wanted = patient_id
        self._show_wanted()

    def _show_wanted(self) -> None:
        if self._wanted and self._people.directory.get(self._wanted) is not None:
            wanted, self._wanted = self._wanted, NEW
            self._view.choose(wanted)

    def _cleared(self, cleared: Cleared) -> None:
        facts = self._view.facts
        self.close()
        if facts is not None:
            pattern = tr("{name} is cleared for {treatment} {until}")
            self._frame.say(
                pattern.format(
                    name=facts.patient.name,
                    treatment=facts.modality(cleared.clearance.modality),
                    until=clearance_words(cleared.clearance),
                )
            )

    def _screened(self, screening: Screening) -> None:
        facts = self._view.facts
        self.close()
        if facts is None:
            return
        words = tr("{name}: the answers are kept. The check list still waits to be signed.")
        if screening.reviewed:
            words = tr("{name}: check list signed by {who}. It holds until an answer changes.")
        who = facts.staff_name(screening.reviewed_by)
        self._frame.say(words.format(name=facts.patient.name, who=who))

    def _ordered(self, ordered: Ordered) -> None:
        """A clearance that runs longer by it is said: nobody asked for that."""
        self.close()
        carried = ordered.carried
        if carried is None:
            self._frame.say(tr("The order is kept"))
            return
        words = tr("Order saved. The clearance for {modality} now runs to {day}.")
        modality = self._desk.setup.modality(carried.modality).name
        self._frame.say(words.format(modality=modality, day=day_words(carried.until)))

    def _merged(self, merged: Merged) -> None:
        self.close()
        pattern = tr("Merged into {name}, {number}")
        undo = partial(self.undo_merge, merged.merge) if self._desk.did(merged.changes) else None
        self._frame.say(pattern.format(name=merged.kept.name, number=merged.kept.chart_number), undo)
        self.show(merged.kept.id)

    def _apart(self, merged: Merged) -> None:
        self._desk.record(merged.changes)
        self._frame.say(tr("The two records are apart again"))

    def _driver(self, _number: int) -> None:
        self.edit("drivers")
