"""Merging two records: find the other one, see both side by side, choose which is kept."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.foundation.rulebook import blocking
from clinic_desktop.people.merging import joined_fields
from clinic_desktop.people.model import Patient
from clinic_desktop.people.person_row import PersonRow
from clinic_desktop.scheduling.merging import Merged, MergePreview, merge_patients, preview_merge
from clinic_desktop.security.rights import Right, may
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader, run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.fact_grid import FactGrid
from clinic_desktop.ui.patients.form_fields import label_of
from clinic_desktop.ui.patients.line_list import LineList
from clinic_desktop.ui.patients.live_directory import LiveDirectory
from clinic_desktop.ui.patients.page_rows import Line, address_words, emergency_words, reach_facts
from clinic_desktop.ui.patients.panel_frame import PanelFrame
from clinic_desktop.ui.patients.wording import born_words
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.widgets.section import SectionHeader
from clinic_desktop.ui.widgets.suggest_field import Hit, SuggestField
from clinic_desktop.ui.wording import worded

_MOST = 8


class MergePanel(PanelFrame):
    """``done`` carries a :class:`Merged`."""

    done = Signal(object)

    def __init__(
        self, desk: Desk, people: LiveDirectory, patient: Patient, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Merge {name}").format(name=patient.name), parent)
        self._desk, self._people, self._patient = desk, people, patient
        self._kept, self._other = patient.id, 0
        self.preview: MergePreview | None = None
        self.likely = LineList(tr("Likely the same person"), at_once=True)
        self.likely.chosen.connect(self._chosen)
        self.search = SuggestField(self._found, tr("Name or number"), name=tr("The other record"))
        self.search.chosen.connect(self._chosen)
        self.kept_facts, self.other_facts = FactGrid(), FactGrid()
        self.gains = label("", TextRole.BODY, "second", wrap=True)
        self.forbidden, self.warned = NoticeBox("", "", Tone.DANGER), NoticeBox("", "", Tone.WARN)
        self.reason = QLineEdit()
        self._reader: LatestReader[MergePreview] = LatestReader(self, self._show)
        self._build()
        self.merge_button = self.add_button(tr("Merge"), Kind.PRIMARY, "Ctrl+Return")
        self.merge_button.fired.connect(self.confirm)
        self._show(None)
        self._suggest()

    def _build(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(FieldRow(tr("The other record"), self.search))
        self._likely_head = SectionHeader(tr("Likely the same person"))
        column.addWidget(self._likely_head)
        column.addWidget(self.likely)
        swap = Button(tr("Keep the other one"), Kind.QUIET, icon="swap", size="small")
        swap.fired.connect(self.swap)
        self._compare = QWidget()
        inside = QVBoxLayout(self._compare)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(SectionHeader(tr("Kept"), swap))
        inside.addWidget(self.kept_facts)
        inside.addWidget(SectionHeader(tr("Merged into it")))
        inside.addWidget(self.other_facts)
        inside.addWidget(self.gains)
        for box in (self.forbidden, self.warned):  # above what is typed last, so that it is read before that
            inside.addWidget(box)
        inside.addWidget(FieldRow(tr("How you know that it is one person"), self.reason))
        column.addWidget(self._compare)
        self.set_body(body)

    def start(self) -> None:
        (self.likely if self.likely.lines() else self.search).setFocus()

    def choose(self, other_id: int) -> None:
        """Compare with another record."""
        self._other = other_id
        self._read()

    def swap(self) -> None:
        """Keep the other one of the two."""
        self._kept, self._other = self._other, self._kept
        self._read()

    def confirm(self) -> None:
        seen = self.preview
        if seen is None or self.merge_button.missing:
            return
        work = partial(
            merge_patients,
            self._desk.store,
            self._desk.actor,
            seen.kept,
            seen.merged,
            self.reason.text().strip(),
        )
        run(self, work, self._merged, key="patients.merge")

    def renew_rights(self) -> None:
        self.lock(self.merge_button, self._missing(self.preview))

    def _merged(self, merged: Merged) -> None:
        self._desk.record(merged.changes)
        self.done.emit(merged)

    def _suggest(self) -> None:
        """Whom the directory takes for the same person."""
        today = self._desk.today()
        lines = [
            Line(Row(one.name, "  ·  ".join((born_words(one, today), one.chart_number))), one.id)
            for one in self._people.directory.likely(self._patient)
        ]
        self.likely.set_lines(lines)
        self._likely_head.setVisible(bool(lines))

    def _found(self, typed: str) -> Sequence[Hit]:
        today = self._desk.today()
        found = (one.person for one in self._people.directory.find(typed, _MOST))
        return [
            Hit(Row(one.name, one.chart_number, right=born_words(one, today)), one)
            for one in found
            if one.id != self._patient.id
        ]

    def _chosen(self, chosen: object) -> None:
        self._kept = self._patient.id
        self.choose(chosen.id if isinstance(chosen, PersonRow) else int(str(chosen)))

    def _read(self) -> None:
        kept, other, today, store = self._kept, self._other, self._desk.today(), self._desk.store

        def work() -> MergePreview:
            with store.read() as records:
                return preview_merge(records, kept, other, today)

        self._reader.read(work)

    def _show(self, preview: MergePreview | None) -> None:
        self.preview = preview
        self._compare.setVisible(preview is not None)
        self.forbidden.hide()
        self.warned.hide()
        self.lock(self.merge_button, self._missing(preview))
        if preview is None:
            return
        today = self._desk.today()
        self.kept_facts.set_facts(_facts(preview.kept, born_words(preview.kept, today)))
        self.other_facts.set_facts(_facts(preview.merged, born_words(preview.merged, today)))
        names = [_field_word(name) for name in joined_fields(preview.kept, preview.merged)]
        self.gains.setText(tr("The kept record gains: {fields}.").format(fields=", ".join(names)))
        self.gains.setVisible(bool(names))
        self._say(preview)
        pattern = tr("Merge {other} into {kept}")
        self.merge_button.setText(
            pattern.format(other=preview.merged.chart_number, kept=preview.kept.chart_number)
        )
        self.merge_button.updateGeometry()

    def _say(self, preview: MergePreview) -> None:
        stops = blocking(preview.findings)
        others = [one for one in preview.findings if one not in stops]
        for box, found, title, tone in (
            (self.forbidden, stops, tr("These two cannot be merged"), Tone.DANGER),
            (self.warned, others, tr("Look twice"), Tone.WARN),
        ):
            box.setVisible(bool(found))
            box.set_notice(title, " ".join(map(worded, found)), tone)

    def _missing(self, preview: MergePreview | None) -> list[str]:
        if not may(self._desk.actor, Right.MERGE_PATIENTS):
            return [tr("Only a manager merges records.")]
        if preview is None:
            return [tr("Pick the other record first.")]
        return [worded(one) for one in blocking(preview.findings)]


def _facts(patient: Patient, born: str) -> list[tuple[str, str]]:
    known = dict(reach_facts(patient))
    facts = [
        (tr("Name"), f"{patient.name}, {patient.chart_number}"),
        (tr("Born"), born),
        (tr("Phone"), known[tr("Phone")]),
        (tr("Address"), address_words(patient)),
        (tr("Emergency"), emergency_words(patient)),
        (tr("Allergies"), patient.allergies),
    ]
    return [(name, value) for name, value in facts if value]


def _field_word(name: str) -> str:
    """A field as part of a sentence: "birth date"."""
    whole = {
        "phones": tr("phones"),
        "emergency": tr("emergency contact"),
        "address": tr("address"),
        "permissions": tr("contact permissions"),
        "drivers": tr("drivers"),
        "large_print": tr("large print"),
    }
    return whole[name] if name in whole else label_of(name).lower()
