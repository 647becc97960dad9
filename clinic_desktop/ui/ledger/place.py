"""The ledger as a place of the window: a switch between its lists, and the list that is shown."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.ledger.commands import LEDGER, here
from clinic_desktop.ui.ledger.drugs_part import DrugsPart
from clinic_desktop.ui.ledger.forms_part import FormsPart
from clinic_desktop.ui.ledger.part import LedgerPart, PartSpec
from clinic_desktop.ui.places import Frame, Place, PlaceSpec
from clinic_desktop.ui.widgets.segmented import Segment, SegmentedSwitch

# A list of the ledger is one line here.
PARTS: tuple[PartSpec, ...] = (
    PartSpec("forms", QT_TR_NOOP("Forms"), "Ctrl+1", "sheets", FormsPart),
    PartSpec("drugs", QT_TR_NOOP("Drugs"), "Ctrl+2", "medicine", DrugsPart),
)


class LedgerPlace(Place):
    """What the clinic has to account for outside the house."""

    def __init__(self, desk: Desk, frame: Frame, specs: Sequence[PartSpec] = PARTS) -> None:
        self.title = tr("Ledger")
        self._frame, self._specs, self._active = frame, specs, False
        self.parts: dict[str, LedgerPart] = {one.id: one.factory(frame, desk) for one in specs}
        self.stack = QStackedWidget()
        for part in self.parts.values():
            self.stack.addWidget(part.widget())
        segments = [Segment(one.id, tr(one.text), one.key) for one in specs]
        self.switch = SegmentedSwitch(segments, tr("List of the ledger"))
        self.switch.picked.connect(self._picked)
        self._bar = QWidget()  # in which the switch keeps its height
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignVCenter)
        self._shown = self.parts[specs[0].id]

    # The place.

    def widget(self) -> QWidget:
        return self.stack

    def top_bar_widget(self) -> QWidget | None:
        """With one list there is nothing to switch."""
        return self._bar if len(self.parts) > 1 else None

    def panes(self) -> Sequence[QWidget]:
        return self._shown.panes()

    def activated(self) -> None:
        self._active = True
        self._shown.activated()

    def deactivated(self) -> None:
        self._active = False
        self._shown.deactivated()

    def focus_work(self) -> None:
        self._shown.focus_work()

    def escape(self) -> bool:
        return self._shown.escape()

    def chosen_patient(self) -> int | None:
        return self._shown.chosen_patient()

    def commands(self) -> Sequence[Bound]:
        """The switch, and the commands of all lists, each asked of the one that is shown."""
        switch = [
            Bound(here(one.id, one.text, one.key, one.icon, opens=True), partial(self.show_part, one.id))
            for one in self._specs
        ]
        theirs = {one.command.id: one.command for part in self.parts.values() for one in part.commands()}
        return [
            *switch,
            *(
                Bound(command, partial(self._do, command.id), partial(self._can, command.id))
                for command in theirs.values()
            ),
        ]

    def names_key(self, command_id: str) -> bool:
        """Not those of the list that is not shown."""
        theirs = {one.command.id for part in self.parts.values() for one in part.commands()}
        return command_id not in theirs or self._bound(command_id) is not None

    # Its lists.

    def show_part(self, part_id: str) -> LedgerPart:
        """Show one of the lists, and its work."""
        self.switch.set_current(part_id)
        self.focus_work()
        return self._shown

    def show_form(self, visit_id: int) -> None:
        """The form of a session, asked for by another place."""
        part = self.show_part("forms")
        if isinstance(part, FormsPart):
            part.show_form(visit_id)

    def show_drugs(self, _number: int = 0) -> None:
        """The drug log, asked for by another place: what is wrong with its lots stands above them."""
        self.show_part("drugs")

    def _picked(self, part_id: str) -> None:
        before, self._shown = self._shown, self.parts[part_id]
        if before is self._shown:
            return
        self._frame.close_panel()
        self.stack.setCurrentWidget(self._shown.widget())
        if self._active:
            before.deactivated()
            self._shown.activated()
            self._frame.renew_keys()

    def _bound(self, command_id: str) -> Bound | None:
        return next((one for one in self._shown.commands() if one.command.id == command_id), None)

    def _can(self, command_id: str) -> bool:
        bound = self._bound(command_id)
        return bound is not None and (bound.enabled is None or bound.enabled())

    def _do(self, command_id: str) -> None:
        bound = self._bound(command_id)
        if bound is not None:
            bound.handler()


def ledger_spec(desk: Desk, key: str = "Alt+7") -> PlaceSpec:
    """The place for the rail."""
    return PlaceSpec(
        LEDGER,
        QT_TR_NOOP("Ledger"),
        "ledger",
        key,
        partial(LedgerPlace, desk),
        also=QT_TR_NOOP("REMS monitoring forms Spravato sent due late"),
    )
