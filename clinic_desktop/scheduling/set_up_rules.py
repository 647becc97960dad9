"""What the set-up says of a value as it is typed. The programme's rules are no clinic's to change."""

from clinic_desktop.foundation.rulebook import Rule, Severity


def _typed(code: str, sentence: str) -> Rule:
    """Something that cannot be meant, or would leave the clinic without what it needs."""
    return Rule(f"set-up-{code}", "decision: set-up", Severity.LOCKED, sentence)


def _rule(code: str, reference: str, sentence: str) -> Rule:
    return Rule(f"set-up-{code}", reference, Severity.LOCKED, sentence)


# The programme's own, and the way home.
REMS_COVER = _rule("rems-cover", "H3", "Locked: a prescriber is on site while Spravato is given and watched.")
REMS_WATCH = _rule(
    "rems-watch", "H4", "Locked: Spravato is watched for at least {minutes} minutes after the dose."
)
IV_RECOVERY = _rule(
    "iv-recovery",
    "decision: release",
    "Locked: after an infusion a patient recovers for at least {minutes} minutes.",
)
REMS_DOSE = _rule("rems-dose", "H6", "56 or 84 mg: the number of devices follows from it.")
REMS_AGE = _rule("rems-age", "H2", "Locked: the program is for people of {least} or over.")
REMS_SPRAVATO = _rule("rems-spravato", "H2", "Locked: Spravato is given under its program.")
NEVER_ALONE = _rule(
    "never-alone",
    "H8",
    "A patient under treatment is never alone. Tick a nurse's hands or a watching place.",
)
IV_COVER = _rule(
    "iv-cover", "decision: phases", "Somebody qualified must be on site during an infusion. Pick who."
)
ALONE_MINUTES = _rule("alone-minutes", "H7", "At least {minutes} minutes after the last dose to leave alone.")
WAY_MINUTES = _rule("way-minutes", "reference: E2", "Between 0 and {most} minutes.")
SHEET = _rule("sheet", "H9", "Pick the sheet that is handed over at release.")
DISCHARGE_FORM = _rule("discharge-form", "3.3", "Pick a discharge form that the program knows, or none.")
LAST_MANAGER = _rule(
    "last-manager",
    "decision: rights",
    "Somebody must be able to change the set-up. Make another person manager first.",
)
FIRST_MANAGER = _rule(
    "first-manager",
    "decision: rights",
    "Name at least one manager: somebody must be able to change the set-up.",
)

WOULD_STRAND = Rule(
    "set-up-would-strand",
    "decision: plan and fact",
    Severity.HARD,
    "Coming visits that would no longer fit: {count}. Look at them, then save anyway or change your entry.",
)

# Before the first treatment: said until it is done.
FIRST_PRESCRIBER = Rule(
    "set-up-first-prescriber",
    "H1",
    Severity.WARNING,
    "No prescriber is on the staff list. Nobody is cleared or dosed without one. Add the prescriber.",
)
FIRST_LIMITS = Rule(
    "set-up-first-limits",
    "H5",
    Severity.WARNING,
    "Pressure limits to set: {treatments}. Nobody is dosed before a prescriber has set them.",
)
FIRST_SHEETS = Rule(
    "set-up-first-sheets",
    "decision: sheets",
    Severity.WARNING,
    "The aftercare sheets are drafts: a prescriber reads and approves them, in My decisions.",
)

# Names, codes and numbers of any kind.
TOO_LONG = _typed("name-long", "At most {most} letters.")
NAME = _typed("name", "Give it a name of at most {most} letters.")
SAME_NAME = _typed("name-same", "{name} is there already. Choose another name.")
CODE_TAKEN = _typed("code-taken", "{code} is {name} already. Choose another code.")
BETWEEN = _typed("between", "Between {low} and {high}. Change the number.")
ONE_OF = _typed("one-of", "One of {known}. Pick one.")
LAST_BEFORE_FIRST = _typed("days", "The last day lies before the first. Change one of the two.")
GAPS = _typed("gaps", "The longest gap lies above the shortest. Change one of the two.")
DAYS = _typed("day-count", "0 to {most} days.")
SCORES = _typed("scores", "One of these questionnaires is not known here. Take it away.")
ASKS = _typed("asks", "One of these questions is not known here, or stands there twice. Take it away.")
ASKED_MINUTES = _typed("asked-minutes", "Between 1 and {most} minutes. Leave it empty to ask nothing.")
AFTER_ASKS = _typed("after-asks", "One of these questions is not known here. Take it away.")
AFTER_DAYS = _typed("after-days", "Between 1 and {most} business days.")

# The clinic and its policies.
ADULT_HOURS = _typed("adult-hours", "Between 1 and {most}. Leave it empty to ask for nobody.")
STATEMENT_LOCKED = _typed("statement-locked", "Every sheet says that. Switch it on again.")
FORM_ITEM_STAYS = _typed("form-item", "That item is always scored. Switch it on again.")
LIMIT_PAIR = _rule("limit-pair", "H5", "Write high/low, like 160/100: 120 to 260 over 70 to 160.")
LIMIT_ORDER = _rule(
    "limit-order", "H5", "Both emergency numbers lie above those that tell the prescriber. Change one pair."
)
LIMITS_KEPT = _rule(
    "limits-kept", "H5", "Pressure limits are a prescriber's to set. Set them under Pressure limits."
)
CLINIC_NAME = _typed("clinic-name", "Give the clinic a name: it stands on every sheet.")
ZONE = _typed("zone", "Pick a time zone from the list, such as America/Chicago.")
PHONE = _typed("phone", "A phone needs at least 7 digits. Finish it, or empty the line.")
HOURS_ORDER = _typed("hours", "Opening must come before closing. Change one of the two times.")
HOURS_OVERLAP = _typed(
    "hours-overlap", "Two stretches of one day overlap. Join them, or begin the second later."
)
EMERGENCY_LIMIT = _typed(
    "emergency-limit", "The emergency limit lies above the one that tells the prescriber."
)

# Rooms and closures.
ROOM_NAME = _typed("room-name", "Give the room the name that is on its door.")
ROOM_FITS = _typed("room-fits", "Say what the room is used for. Without it nothing can be booked here.")
ROOMS = _typed("rooms", "A clinic has at least one room. Add it.")
CLOSURE_ROOM = _typed("closure-room", "Pick a room, or the whole clinic.")
REPEAT_BEFORE = _typed("repeat-before", "This is before the closure itself. Pick a later day.")
REPEAT_YEARS = _typed("repeat-years", "A closure repeats for up to {years} years. Pick {day} or earlier.")
REPEAT_MOST = _typed("repeat-most", "That is more than {most} closures at once. Pick {day} or earlier.")
REPEAT_OVERLAPS = _typed(
    "repeat-overlaps", "It would begin again before it is over. Make it shorter, or repeat it less often."
)

# People and when they work.
PERSON_NAME = _typed("person-name", "Type the person's name.")
ROLES = _typed("roles", "Pick at least one role: it decides what this person may do.")
WATCHED = _typed("watched", "Between 1 and {most}. Leave it empty for the clinic's own.")
INITIALS = _typed("initials", "One to four letters, as they stand on the board.")
INITIALS_TAKEN = _typed("initials-taken", "{initials} is {name} already. Add a letter.")
SHIFT_DAYS = _typed("shift-days", "Pick the days of this shift.")
SHIFT_ENDS = _typed("shift-ends", "The shift must end after it begins.")
SHIFT_WEEKS = _typed("shift-weeks", "Every 1 to 8 weeks.")
BREAK_OUTSIDE = _typed("break-outside", "A break lies inside its shift and ends after it begins.")
BREAKS_OVERLAP = _typed("breaks-overlap", "Two breaks overlap. Join them.")
ABSENT = _typed("absent", "Pick who is away.")
TIMES = _typed("times", "Times lie between midnight and midnight.")
ENDS_FIRST = _typed("ends-first", "It must end after it begins.")

# Ways of treating.
AGE = _typed("age", "Between 1 and {most} years. Leave it empty for any age.")
MODALITY_CODE = _typed("modality-code", "Two to {most} small letters or digits, such as oral.")
ROOM_USE_TAKEN = _typed("room-use-taken", "{code} is what rooms are used for already. Choose another code.")
MODALITY_NAME_TAKEN = _typed("modality-name", "There is a treatment of this name already. Choose another.")
USED_BY_TYPE = _typed(
    "used-by-type", "The code stays: the visit type {name} names it. Add another treatment instead."
)
USED_BY_ROOM = _typed("used-by-room", "The code stays: {name} is fit for it. Add another treatment instead.")
USED_BY_PATIENTS = _typed(
    "used-by-patients", "The code stays: patients' records name it. Add another treatment instead."
)
SHIPPED = _typed("shipped", "The code stays: it comes with the program. Add another treatment instead.")
STAYS_FOR_TYPE = _typed("stays-for-type", "It stays: the visit type {name} names it.")
STAYS_FOR_ROOM = _typed("stays-for-room", "It stays: {name} is fit for it.")
STAYS_FOR_PATIENTS = _typed("stays-for-patients", "It stays: patients' records name it.")
STAYS_AS_SHIPPED = _typed("stays-as-shipped", "It stays: it comes with the program.")
PLANNED_OTHERWISE = _typed(
    "planned-otherwise", "{name} was planned the other way. Add another treatment instead."
)

# Visit types.
TYPE_CODE = _typed("type-code", "Two to six capital letters or digits, such as IVM.")
TYPE_CODE_TAKEN = _typed("type-code-taken", "{code} is another visit type already. Choose another code.")
TYPE_CODE_STAYS = _typed(
    "type-code-stays", "The code stays: visits and courses know the type by it. Make a new type."
)
TYPE_NAME_TAKEN = _typed("type-name-taken", "There is a visit type of this name already. Choose another.")
TYPE_IN_COURSE = _typed(
    "type-in-course", "The course {name} is made of it. Change or retire that course first."
)
PHASES = _typed("phases", "A visit has at least one phase. Add one.")
PHASE_MINUTES = _typed("phase-minutes", "{step} to {most} minutes, in steps of {step}.")
STRETCH = _typed("stretch", "The longest lies above the usual minutes. Leave it empty for none.")
TURNOVER = _typed("turnover", "Turnover keeps the room, not the patient and not the people.")
PATIENT_HERE = _typed("patient-here", "The patient is here in every phase but turnover.")
WATCHING = _typed("watching", "Watching places are a nurse's.")
HANDS = _typed("hands", "A nurse, a prescriber or a therapist serves a visit.")
PHASE_ORDER = _typed("phase-order", "{after} comes before {before}. Move it up.")
VISIT_LONG = _typed("visit-long", "All phases together take at most {hours} hours.")
NO_ROOM_PHASE = _typed(
    "no-room-phase", "No phase takes the room. Tick one, or say that this visit needs none."
)
ROOM_FIT = _typed("room-fit", "Its phases take a room. Say what the room must be fit for.")
NOTHING_HAPPENS = _typed(
    "nothing-happens", "Something must happen between check-in and turnover. Add a phase."
)
MODALITY = _typed("modality", "Pick the treatment that a prescriber clears for.")
PROFILE = _typed("profile", "Pick what it asks of the way home.")
DOSING_PHASE = _typed("dosing-phase", "A treatment has a dosing or an infusion phase. Add it.")
RELEASE_PHASE = _typed("release-phase", "A treatment ends with a release phase. Add it.")

# Courses.
COURSE_CODE = _typed("course-code", "Two to eight letters or digits, such as IV6.")
COURSE_CODE_TAKEN = _typed("course-code-taken", "{code} is another course already. Choose another code.")
COURSE_NAME_TAKEN = _typed("course-name-taken", "There is a course of this name already. Choose another.")
COURSE_TYPE = _typed("course-type", "There is no visit type {code} now. Pick another.")
COURSE_VISITS = _typed("course-visits", "A course has 2 to {most} visits.")
WEEKS_SUM = _typed("weeks-sum", "The weeks hold {held} visits, the course has {visits}.")
WEEK_FULL = _typed("week-full", "So many visits do not fit one week, {between} or more clear days apart.")
SPAN = _typed("span", "{visits} visits, {between} or more clear days apart, take {shortest} days or more.")

# Ways home.
PROFILE_NAME_TAKEN = _typed("way-home-name", "There is one of this name already. Choose another.")
ACCEPTS = _typed("way-home-accepts", "Tick at least one way home, or say that nothing is asked.")
DEMANDED = _typed("way-home-demanded", "Pick when it must be met.")
