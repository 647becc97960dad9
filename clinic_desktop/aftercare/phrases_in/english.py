"""The fixed words in English."""

from clinic_desktop.aftercare.phrase_set import CourseWords, Phrases

ENGLISH = Phrases(
    language_name="English",
    patient="Patient",
    born="Born",
    visit="Visit",
    next_visit="Next visit",
    phone="Phone",
    page="Page {page} of {pages}",
    draft="Draft, not yet approved by the clinic",
    interpreter="Go over this with an interpreter. It is free.",
    wording="{title}. {language}, version {version}.",
    approved="Approved by {by}, {on}.",
    printed="Printed {on}, {time}, by {by}.",
    printed_by_nobody="Printed {on}, {time}.",
    visit_number="Visit {visit}.",
    again="Printed again {on}, {time}, by {by}.",
    again_by_nobody="Printed again {on}, {time}.",
    copy="Copy {number}.",
    sheet_version="{language}, version {version}, copy {copy}",
    hours={"one": "{hours} hour", "other": "{hours} hours"},
    who_drives="Who takes you home?",
    alone={"taxi": "a taxi or ride-share", "transit": "the bus or train"},
    the_patient="the patient",
    appointment="Appointment",
    scan_visit="Scan: visit to calendar",
    scan_phone="Scan: call us",
    course=CourseWords(
        of="{number} of {planned}",
        card="card {number} of {cards}",
        cut="Cut along the dashes and fold in the middle. It names no treatment; it is the patient’s own.",
        days={
            "one": "{days} business day",
            "other": "{days} business days",
        },
        waits={
            "later": "we will call you",
            "driver": "we still need to know who takes you home",
            "clearance": "we still need an OK from our medical team",
            "both": "we still need an OK from our medical team, and who takes you home",
        },
    ),
)
