"""Who drives through a course: usual drivers with their days and times, somebody else, or nobody yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from clinic_desktop.people.model import TransportKind, UsualDriver
from clinic_desktop.scheduling.looking_drivers import DriverOffer
from clinic_desktop.scheduling.model import GoingHomePlan, GoingHomeProfile
from clinic_desktop.scheduling.way_home import gaps
from clinic_desktop.ui.booking.someone_form import SomeoneForm
from clinic_desktop.ui.booking.words import driver_line
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.wording import driver_words
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.field import FieldRow


@dataclass(frozen=True, slots=True)
class Home:
    """drivers bind the plan by their days and times; plan is how the patient goes home besides."""

    drivers: tuple[UsualDriver, ...] = ()
    plan: GoingHomePlan | None = None


NOBODY = Home()
_SOMEONE = "someone"


class CourseDriver(QWidget):
    """``changed`` when somebody else counts."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.combo = ChoiceBox()
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._homes: list[Home] = [NOBODY]
        self._current = NOBODY
        self.row = FieldRow(tr("Driver"), self.combo)  # stands among the other wishes
        self.someone = SomeoneForm()
        self.someone.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.someone)
        self.combo.activated.connect(self._chosen)
        self.someone.done.connect(self._named)

    @property
    def current(self) -> Home:
        return self._current

    def show_drivers(self, offers: Sequence[DriverOffer], profile: GoingHomeProfile | None) -> None:
        """Whom a patient could go home with; the usual drivers count until somebody else is chosen."""
        self.someone.set_kinds(profile.accepts if profile else tuple(TransportKind))
        able = [one for one in offers if not gaps(one.plan, profile)]
        usual = tuple(one.usual for one in able if one.usual is not None)
        self._homes = [Home(usual)] if len(usual) > 1 else []
        self._homes += [Home((one.usual,)) if one.usual else Home(plan=one.plan) for one in able]
        self._homes.append(NOBODY)
        self._fill(self._homes[0])

    def ask_someone(self) -> None:
        """Open the form for somebody else."""
        self.someone.show()
        self.someone.start()

    def reset(self) -> None:
        self.someone.clear()
        self.someone.hide()
        self._homes = [NOBODY]
        self._fill(NOBODY)

    def _fill(self, current: Home) -> None:
        self._current = current
        self.combo.clear()
        for number, home in enumerate(self._homes):
            self.combo.addItem(_words(home), number)
        self.combo.addItem(tr("Someone else (Ctrl N)"), _SOMEONE)
        self.combo.setCurrentIndex(self._homes.index(current))
        self._hint()

    def _hint(self) -> None:
        bound = tr("These days and times bind before every other wish.")
        self.row.set_hint(bound if any(map(_limited, self._current.drivers)) else "")

    def _chosen(self, place: int) -> None:
        if self.combo.itemData(place) == _SOMEONE:
            self.ask_someone()
            return
        self.someone.hide()
        self._take(self._homes[place])

    def _named(self, plan: GoingHomePlan) -> None:
        self.someone.hide()
        home = Home(plan=plan)
        if home not in self._homes:
            self._homes.insert(0, home)
        self._fill(home)
        self.combo.setFocus()
        self.changed.emit()

    def _take(self, home: Home) -> None:
        if home != self._current:
            self._current = home
            self._hint()
            self.changed.emit()


def _words(home: Home) -> str:
    if len(home.drivers) > 1:
        names = ", ".join(one.name.split(" ")[0] for one in home.drivers)
        return tr("Whoever can of {names}").format(names=names)
    if home.drivers:
        return f"{home.drivers[0].name}. {driver_words(home.drivers[0])}"
    return driver_line(home.plan) if home.plan else tr("Nobody yet")


def _limited(driver: UsualDriver) -> bool:
    return bool(driver.weekdays) or (driver.from_minute, driver.to_minute) != (0, 1440)
