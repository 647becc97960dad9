"""How long the visits of the page may stay, and how they would look then."""

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.scheduling.claims import timed
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.stretching import longer_by, most_longer, stretched
from clinic_desktop.ui.board.block import Block, stayed
from clinic_desktop.ui.board.presenter import Presenter
from clinic_desktop.ui.desk import Desk


class Stretcher:
    """What the hand at the end of a visit asks."""

    def __init__(self, desk: Desk, presenter: Presenter) -> None:
        self._desk, self._presenter = desk, presenter

    def now(self, visit_id: int) -> int:
        visit = self._presenter.visit(visit_id)
        return 0 if visit is None else longer_by(visit, self._desk.setup.type_by_id(visit.type_id))

    def most(self, visit_id: int) -> int:
        visit = self._presenter.visit(visit_id)
        return 0 if visit is None else most_longer(self._desk.setup.type_by_id(visit.type_id))

    def shaped(self, block: Block, longer: int) -> Block:
        visit = self._presenter.visit(block.id)
        return block if visit is None else self._shaped(block, visit, longer)

    def _shaped(self, block: Block, visit: Visit, longer: int) -> Block:
        visit_type = self._desk.setup.type_by_id(visit.type_id)
        after = timed(stretched(visit, visit_type, longer), visit_type)
        return stayed(block, after, visit_type, instant_minute(self._desk.now()))
