"""Plain English for the fields and kinds of a record, as a patient reads them."""

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Your plan of visits", ("course", "wait_entry")),
    ("What was ordered for you", ("drug_order",)),
    ("When you may be treated", ("clearance", "screening")),
    ("How you felt: scores and words", ("score", "review")),
    ("Medicine that came for you or was used", ("drug_movement",)),
    ("Calls", ("call_attempt", "after_call", "crisis_call")),
    ("Forms that were sent", ("rems_form",)),
    ("Who pays", ("payer_authorization", "package")),
    ("Papers for you", ("sheet", "preparation", "paper", "sheet_print")),
    ("Records that were joined", ("merge",)),
)
"""Titles of what stands behind the visits, with the kinds of record under each."""

NOTES = "Notes that our staff wrote for each other"

KINDS = {
    "course": "Course",
    "wait_entry": "Waiting list",
    "drug_order": "Order",
    "clearance": "Cleared for treatment",
    "screening": "Health questions",
    "score": "Score",
    "review": "Review",
    "drug_movement": "Medicine",
    "call_attempt": "Call",
    "after_call": "Call the day after",
    "crisis_call": "Crisis call",
    "rems_form": "Spravato form",
    "payer_authorization": "Payer agreed",
    "package": "Paid ahead",
    "sheet": "Sheet to take home",
    "preparation": "Sheet to get ready",
    "paper": "Course card",
    "sheet_print": "Printing",
    "merge": "Joined",
    "patient": "Facts about you",
    "visit": "Visit",
    "stamp": "In the visit",
    "message": "Message",
    "rule_override": "A rule was passed over",
    "pin": "Put aside to move",
    "incident": "Shown to the prescriber",
    "told_word": "Word to be signed",
    "asked": "Question to the prescriber",
    "after_flag": "After a call",
    "alarm_answer": "Alarm answered",
}

_FIELDS = {
    "by": "who",
    "at": "when",
    "on": "day",
    "type_id": "kind of visit",
    "room_id": "room",
    "nurse_id": "nurse",
    "prescriber_id": "prescriber",
    "therapist_id": "therapist",
    "witness_id": "witness",
    "clinician_id": "clinician",
    "handed_by_id": "handed over by",
    "plan_kind": "way home",
    "plan_name": "driver",
    "plan_phone": "driver's phone",
    "plan_relationship": "driver is your",
    "adult": "18 or over",
    "may_tell": "we may tell",
    "plan_adult": "driver is 18 or over",
    "rems_enrolled_on": "enrolled for Spravato on",
    "what": "what",
    "present": "answer",
    "systolic": "upper pressure",
    "diastolic": "lower pressure",
    "wait_id": "waiting list",
    "to_place": "visits to plan",
    "indication": "why you are treated",
    "state": "state",
}


def label(field: str) -> str:
    """ "driver's phone"; a field without words of its own reads as it is called."""
    return _FIELDS.get(field, field.removesuffix("_id").replace("_", " "))
