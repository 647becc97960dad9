"""A visit type as a bar: its phases in order, as wide as they are long, in the type's colours."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinic_desktop.scheduling.model import Phase, PhaseKind, VisitType
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import elided, paint_box, paint_hatch
from clinic_desktop.ui.set_up.words import PHASES
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole

_BAR = 30
_WORDS = 20
_DOSE = frozenset({PhaseKind.DOSING, PhaseKind.INFUSION, PhaseKind.SESSION})
_WATCHED = frozenset({PhaseKind.MONITORING, PhaseKind.RECOVERY})


class PhaseBar(QWidget):
    """Set with ``show_type``; says the phases with their minutes to a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._type = VisitType()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_type(self, visit_type: VisitType) -> None:
        self._type = visit_type
        spoken = [f"{tr(PHASES[one.kind])} {tr('%n minute(s)', '', one.minutes)}" for one in self._shown()]
        self.setAccessibleName(", ".join(spoken) or tr("No phases"))
        self.setToolTip(self.accessibleName())
        self.update()

    def _shown(self) -> list[Phase]:
        return [one for one in self._type.phases if one.minutes > 0]

    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), theme().px(_BAR + _WORDS))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(160), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        phases = self._shown()
        total = sum(one.minutes for one in phases)
        if not total:
            return
        x, scale = 0.0, self.width() / total
        for one in phases:
            width = one.minutes * scale
            self._paint_phase(painter, one, QRectF(x, 0, width, theme().px(_BAR)))
            x += width

    def _paint_phase(self, painter: QPainter, one: Phase, rect: QRectF) -> None:
        family, c = theme().family(self._type.family), theme().colours
        band = rect.adjusted(0.5, 0, -1, 0)
        if one.kind is PhaseKind.TURNOVER:
            band = band.adjusted(0, rect.height() * 0.6, 0, 0)
        if not one.room:
            paint_box(painter, band, None, family.edge, 3, dashed=True)
        else:
            paint_box(painter, band, family.dose if one.kind in _DOSE else family.prep, family.edge, 3)
            if one.kind in _WATCHED:
                paint_hatch(painter, band.adjusted(2, 2, -2, -2), self._type.family)
        font = theme().font(TextRole.LABEL)
        painter.setFont(font)
        if rect.width() > theme().px(64) and one.kind is not PhaseKind.TURNOVER:
            painter.setPen(family.ink if one.room else c.ink2)
            words = elided(tr(PHASES[one.kind]), font, band.width() - 8)
            painter.drawText(band.adjusted(4, 0, -4, 0), Qt.AlignmentFlag.AlignCenter, words)
        painter.setPen(c.ink3)
        below = QRectF(rect.left(), rect.bottom() + 1, rect.width(), theme().px(_WORDS - 2))
        if rect.width() >= theme().px(22):
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(one.minutes))
