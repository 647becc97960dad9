"""A window with the real Patients place among invented ones."""

from clinic_desktop.foundation.actor import Role
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.patients.place import PatientsPlace
from clinic_desktop.ui.places import Frame, PlaceSpec
from clinic_desktop.ui.shell import Shell
from tests.people.small_clinic import SmallClinic
from tests.ui.example import specs as example_specs


def make_window(clinic: SmallClinic, role: Role = Role.RECEPTIONIST) -> tuple[Shell, PatientsPlace]:
    """The window at the Patients place, not shown yet."""
    desk = Desk(clinic.store, clinic.actor(role), clinic.clock, clinic.setup())
    made: list[PatientsPlace] = []

    def factory(frame: Frame) -> PatientsPlace:
        made.append(PatientsPlace(frame, desk))
        return made[-1]

    patients = PlaceSpec("patients", "Patients", "patients", "Alt+3", factory)
    shell = Shell([patients if one.id == "patients" else one for one in example_specs()])
    desk.setParent(shell)
    shell.go("patients")
    return shell, made[0]
