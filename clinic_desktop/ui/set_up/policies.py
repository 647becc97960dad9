"""Policies: the clinic's settings where the facts leave a choice, and what no setting changes."""

from dataclasses import replace

from PySide6.QtWidgets import QComboBox

from clinic_desktop.foundation.actor import Role
from clinic_desktop.scheduling.model import Clinic, Cover, Policies, Setup
from clinic_desktop.scheduling.set_up import Edit
from clinic_desktop.scheduling.set_up_checks import GRIDS, IV_COVERS
from clinic_desktop.ui.alarms.sound_test import SoundTest
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.retention import commands as retention
from clinic_desktop.ui.set_up.editor import Editor
from clinic_desktop.ui.set_up.locked import LockedRules
from clinic_desktop.ui.set_up.pressure_limits import LimitsPanel
from clinic_desktop.ui.set_up.subject import Subject
from clinic_desktop.ui.set_up.words import COVERS, FORM_ITEMS, PREPARED, ROLES, STATEMENTS, choices
from clinic_desktop.ui.widgets.parsed_line import ParsedLine

_LOCKED = (
    QT_TR_NOOP("A prescriber is on site while Spravato is given and watched."),
    QT_TR_NOOP(
        "Nobody is released before 120 minutes after the first Spravato device, whatever is set here."
    ),
    QT_TR_NOOP("The clock never releases anybody: a nurse or prescriber signs."),
    QT_TR_NOOP("Spravato is for people of 18 or over, enrolled before the first dose."),
    QT_TR_NOOP("A room holds one patient."),
    QT_TR_NOOP("The Spravato form is due 7 days after the session, and its entry is never deleted."),
)


class PoliciesEditor(Editor[Clinic]):
    widest = 620

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._clinic = Clinic()
        self._numbers: dict[str, ParsedLine[int]] = {}
        self.header(tr("Booking"))
        self._grid = self.choice(
            "grid", tr("Visits begin every"), [(str(n), tr("%n minutes", "", n)) for n in GRIDS]
        )
        self._whole("late_arrival_minutes", tr("Late arrival, minutes after the visit's time"), beside=True)
        self._whole(
            "cancel_days",
            tr("Cancelled in time up to, business days before"),
            hint=tr("1: Monday's visits by Friday. 0: on the day itself."),
        )
        self._cancel = self.time("cancel_minute", tr("On that day, by"), beside=True)
        self._whole("clearance_months", tr("Clearance lasts, months"))
        self._whole("after_tries", tr("Tries before a check-in call is closed as not reached"))
        self._red = self.time(
            "driver_red_minute", tr("A missing driver turns red the day before, at"), beside=True
        )
        self.header(tr("Who is in the house"))
        self._whole(
            "watch_limit",
            tr("Patients a nurse watches at once"),
            hint=tr("Each nurse may have another limit."),
        )
        self._whole(
            "min_staff_with_dosed", tr("Staff in the house with a dosed patient, at least"), beside=True
        )
        self._iv_cover = self.choice(
            "iv_cover", tr("On site during an infusion"), [(one.value, tr(COVERS[one])) for one in IV_COVERS]
        )
        self._whole("start_margin", tr("Minutes kept before the last prescriber leaves"), beside=True)
        self._whole("dosing_stagger", tr("Minutes between two dosing starts of a nurse"))
        self.header(tr("Spravato and IV"))
        self._anchor = self.choice(
            "release_anchor",
            tr("120 minutes are counted from"),
            [("last", tr("the last device (stricter)")), ("first", tr("the first device"))],
            hint=tr("The form's minutes always run from the first."),
        )
        self._whole(
            "release_check_minutes",
            tr("The last checks count for release, minutes"),
            hint=tr("Pressure, oxygen, settled and walking; at the earliest 30 minutes before release."),
        )
        self._whole("pre_dose_minutes", tr("A pressure before the dose counts, minutes"))
        self._whole("iv_vitals_minutes", tr("Minutes between vitals in an infusion"), beside=True)
        self._whole("iv_recovery_minutes", tr("Recovery after an infusion, minutes at least"))
        self._form_items = self.ticks(
            "form_off",
            tr("Discharge forms score too"),
            choices(FORM_ITEMS),
            hint=tr("What is left out is not counted: nine tenths of the rest are enough."),
        )
        self._whole("count_days", tr("Days between two counts of a lot in the drug log, at most"))
        self.header(
            tr("Blood pressure after the dose, and oxygen"),
            tr("A prescriber sets the limits before the first dose of each treatment, row by row."),
        )
        self.limits = LimitsPanel(desk)
        self.form.add_widget(self.limits)
        self.header(
            tr("Alarms"),
            tr("Reminders for trained staff. They watch no patient, and do not replace patient monitors."),
        )
        self.form.add_widget(SoundTest())
        self._sheets()
        self._signing_in()
        self.header(tr("Keeping records"))
        self._whole(
            "retention_years",
            tr("Records are kept, years"),
            hint=tr(
                "From the last visit or change. The program never deletes a record by itself;"
                " Old records ({key}) lists those that are older."
            ).format(key=key_text(retention.KEY)),
        )
        self.header(tr("Locked: no setting changes these"))
        self.form.add_widget(LockedRules([tr(one) for one in _LOCKED]))

    def _signing_in(self) -> None:
        self.header(tr("Signing in"))
        self._whole("lock_minutes", tr("Locked after minutes without a key or the mouse"))
        self._whole("lock_floor_minutes", tr("The same while the floor is shown"), beside=True)
        self._whole("pin_hours", tr("A PIN counts after the password, hours"))
        self._whole(
            "emergency_minutes",
            tr("Emergency access lasts, minutes"),
            hint=tr(
                "Without signing in: to see records, and to record today's floor; managers are told. 0: none."
            ),
            beside=True,
        )
        self._factor = self.ticks(
            "factor_roles",
            tr("A second factor is asked of"),
            choices(ROLES),
            hint=tr("Beside the password the six digits of a phone; set up at the next sign-in."),
        )

    def _sheets(self) -> None:
        self.header(
            tr("Aftercare sheets"), tr("For sheets made from now on; those that were made stay as they are.")
        )
        self._whole("iv_no_drive_hours", tr("No driving after ketamine, hours"))
        self._whole("alcohol_hours", tr("No alcohol or drugs, hours"), beside=True)
        self._whole("decision_hours", tr("No papers or big choices, hours"))
        self._adult = self.number(
            "adult_hours",
            tr("An adult stays with the patient, hours"),
            hint=tr("Empty: the sheet asks for nobody."),
            beside=True,
        )
        self._page = self.choice("sheet_page", tr("Paper"), [("letter", tr("US Letter")), ("a4", tr("A4"))])
        self._escort = self.choice(
            "escort_page",
            tr("A page for whoever takes the patient home"),
            [("no", tr("No")), ("yes", tr("Yes, with each sheet"))],
            hint=tr("What to expect tonight and when to call. Nothing of what was given, or why."),
        )
        self._escort_in = self.choice(
            "escort_in_english",
            tr("Language of the escort's page"),
            [("own", tr("The patient's")), ("english", tr("English"))],
            hint=tr("English too where the page is not approved in the patient's language."),
        )
        self._codes = self.choice(
            "sheet_codes",
            tr("Square codes for a phone's camera"),
            [("yes", tr("Yes, beside the next visit")), ("no", tr("No"))],
            hint=tr("The next visit for the calendar, and our phone. They name nobody, and no treatment."),
        )
        self._said = self.ticks(
            "statements_off",
            tr("What the sheets say"),
            choices(STATEMENTS),
            hint=tr("Driving, 911, 988, bladder signs, whom to call and the next visit are always said."),
        )
        self._prepared = self.ticks(
            "prepared_off",
            tr("What the preparation says"),
            choices(PREPARED),
            hint=tr(
                "Food and drink, nasal spray, illness, pregnancy, the ride and the time are always said."
            ),
        )

    def _whole(self, name: str, text: str, *, hint: str = "", beside: bool = False) -> None:
        self._numbers[name] = self.number(name, text, hint=hint, beside=beside)

    def fill(self, value: Clinic) -> None:
        self._clinic = value
        policies = value.policies
        for name, line in self._numbers.items():
            line.set_value(getattr(policies, name))
        self._red.set_value(policies.driver_red_minute)
        self._cancel.set_value(policies.cancel_minute)
        self._adult.set_value(policies.adult_hours)
        off = {str(one) for one in policies.statements_off}
        self._said.set_values(frozenset(STATEMENTS) - off)
        self._prepared.set_values(frozenset(PREPARED) - off)
        self._form_items.set_values(frozenset(FORM_ITEMS) - policies.form_off)
        self._factor.set_values(frozenset(policies.factor_roles))
        for box, chosen in self._choices(policies):
            box.setCurrentIndex(box.findData(chosen))

    def _choices(self, policies: Policies) -> tuple[tuple[QComboBox, str], ...]:
        return (
            (self._grid, str(policies.grid)),
            (self._iv_cover, policies.iv_cover.value),
            (self._anchor, policies.release_anchor),
            (self._page, policies.sheet_page),
            (self._codes, "yes" if policies.sheet_codes else "no"),
            (self._escort, "yes" if policies.escort_page else "no"),
            (self._escort_in, "english" if policies.escort_in_english else "own"),
        )

    def _off(self) -> frozenset[str]:
        """The statements that are left out, after a visit and before it."""
        return frozenset(STATEMENTS) - self._said.values | frozenset(PREPARED) - self._prepared.values

    def value(self) -> Clinic:
        whole = {name: -1 if line.value is None else line.value for name, line in self._numbers.items()}
        policies = replace(
            replace(self._clinic.policies, factor_roles=frozenset(map(Role, self._factor.values))),
            **whole,  # type: ignore[arg-type]  # each of them is a whole number
            adult_hours=self._adult.value,
            statements_off=frozenset(map(int, self._off())),
            form_off=frozenset(FORM_ITEMS) - self._form_items.values,
            cancel_minute=-1 if self._cancel.value is None else self._cancel.value,
            driver_red_minute=-1 if self._red.value is None else self._red.value,
            grid=int(self._grid.currentData()),
            iv_cover=Cover(self._iv_cover.currentData()),
            release_anchor=str(self._anchor.currentData()),
            sheet_page=str(self._page.currentData()),
            sheet_codes=self._codes.currentData() == "yes",
            escort_page=self._escort.currentData() == "yes",
            escort_in_english=self._escort_in.currentData() == "english",
        )
        return replace(self._clinic, policies=policies)


class PoliciesSubject(Subject[Clinic]):
    parts = ("policies",)
    id = "policies"
    title = QT_TR_NOOP("Policies")
    icon = "lock"
    has_list = False

    def value(self, setup: Setup, key: str) -> Clinic:  # noqa: ARG002 - there is one
        return setup.clinic

    def edit(self, setup: Setup, before: Clinic | None, value: Clinic) -> Edit:  # noqa: ARG002 - never new
        """Only what this form shows."""
        return Edit((replace(setup.clinic, policies=value.policies),))

    def name(self, value: Clinic) -> str:  # noqa: ARG002 - there is one
        return tr("Policies")

    def editor(self, desk: Desk, kind: str) -> Editor[Clinic]:  # noqa: ARG002 - one kind
        return PoliciesEditor(desk)
