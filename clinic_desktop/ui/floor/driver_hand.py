"""The hand of whoever sees to the driver: from the rows of the panel to the use cases."""

from PySide6.QtCore import QObject

from clinic_desktop.scheduling.model import GoingHomePlan
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.floor.actions import FloorActions
from clinic_desktop.ui.floor.driver_line import read_driver
from clinic_desktop.ui.floor.driver_rows import Act
from clinic_desktop.ui.floor.hand import Hand
from clinic_desktop.ui.floor.panel import RecordPanel
from clinic_desktop.ui.floor.reading import Stay


class DriverHand(QObject):
    def __init__(self, desk: Desk, hand: Hand, panel: RecordPanel, actions: FloorActions) -> None:
        super().__init__(hand)
        self._desk, self._hand, self._panel, self._actions = desk, hand, panel, actions
        panel.naming.named.connect(self._named)
        panel.driver.acted.connect(self._act)
        panel.driver.said.connect(self._said)

    def open(self) -> None:
        """How far the way home is. Where nobody is named, who drives is asked for at once."""
        stay = self._hand.chosen()
        if stay is None:
            return
        self._hand.calm()
        self._hand.reveal()
        self._panel.driver.open()
        self._panel.bring_up(self._panel.driver)
        if stay.visit.plan is None:
            self._name(stay)

    def _name(self, stay: Stay) -> None:
        visit = stay.visit
        known = [visit.plan_name, visit.plan_phone, "18" if visit.plan_adult else ""]
        self._panel.naming.start(" ".join(part for part in known if part))
        self._panel.bring_up(self._panel.naming)

    def _named(self, plan: GoingHomePlan) -> None:
        stay = self._hand.chosen()
        if stay is not None:
            self._actions.name_driver(stay, plan)

    def _act(self, act: Act) -> None:
        """What a row stands for, where nothing needs to be said."""
        stay = self._hand.chosen()
        if stay is None:
            return
        plan, hand = stay.visit.plan, self._hand
        if act is Act.CONFIRM and plan is not None and plan.confirmed_at is None:
            self._actions.confirm_driver(stay)
        elif act is Act.CONFIRM:
            self._name(stay)
        elif act is Act.HERE:
            hand.driver_here()
        elif act is Act.OVER:
            hand.release()
        else:
            hand.stamp(StampKind.WAITING)

    def _said(self, act: Act, text: str) -> None:
        """What was typed for a row: a call, an escort, or who stays."""
        stay = self._hand.chosen()
        if stay is None:
            return
        meant = read_driver(act, text, stay, self._desk.now())
        if meant.problem:
            self._panel.driver.show_problem(meant.problem)
        elif meant.call is not None:
            self._actions.call(stay, meant.call)
        elif meant.plan is not None:
            self._actions.name_driver(stay, meant.plan)
        elif meant.stamp is not None:
            self._hand.stamp(meant.stamp.kind, meant.stamp.person)
