"""The table: every use case of the core and the right that it asks for before anything is read or written."""

from clinic_desktop.security.rights import Right

# The right that is asked for first; where more depends on what is done, that is asked for with it.
RIGHTS: dict[str, Right] = {
    "security.accounts.renew_code": Right.SET_UP,
    "security.accounts.give_account": Right.SET_UP,
    "security.accounts.reset_password": Right.SET_UP,
    "security.accounts.close_account": Right.SET_UP,
    "people.import_patients.import_file": Right.IMPORT,
    "people.patients.create": Right.EDIT_PATIENT,
    "people.patients.quick_create": Right.EDIT_PATIENT,
    "people.patients.edit": Right.EDIT_PATIENT,
    "people.screenings.answer": Right.EDIT_PATIENT,
    "people.screenings.review": Right.RECORD,
    "scheduling.booking.book": Right.BOOK,
    "scheduling.booking.book_all": Right.BOOK,
    "scheduling.calling.record_call": Right.BOOK,
    "scheduling.calling_waiting.call_waiting": Right.BOOK,
    "scheduling.cancelling.cancel": Right.CANCEL,
    "scheduling.cancelling.miss": Right.CANCEL,
    "scheduling.clearing.clear": Right.CLEAR,
    "scheduling.clearing.withdraw": Right.CLEAR,
    "scheduling.courses.book_course": Right.BOOK,
    "scheduling.courses.place_rest": Right.BOOK,
    "scheduling.courses.change_course": Right.BOOK,
    "scheduling.crisis.keep_crisis": Right.VIEW,  # whoever answers the phone; it waits for nothing
    "scheduling.elastic.rearrange": Right.MOVE,  # and to cancel or book where it ends or adds a visit
    "scheduling.holding.name_driver": Right.BOOK,
    "scheduling.holding.confirm_driver": Right.BOOK,
    "scheduling.holding.confirm_visit": Right.BOOK,
    "scheduling.looking_booking.book_looked": Right.BOOK,
    "scheduling.looking_course.book_planned": Right.BOOK,
    "scheduling.merging.merge_patients": Right.MERGE_PATIENTS,
    "scheduling.merging.undo_merge": Right.MERGE_PATIENTS,
    "scheduling.messages.take_message": Right.BOOK,
    "scheduling.messages.answer_message": Right.BOOK,
    "scheduling.moving.move": Right.MOVE,
    "scheduling.ordering.write_order": Right.ORDER,
    "scheduling.ordering.stop_order": Right.ORDER,
    "scheduling.papers.keep_day_sheet": Right.PRINT_SHEET,
    "scheduling.patient_edit.keep_patient": Right.EDIT_PATIENT,
    "scheduling.paying.keep_authorization": Right.EDIT_PATIENT,
    "scheduling.paying.keep_package": Right.EDIT_PATIENT,
    "scheduling.pinboard.park": Right.MOVE,
    "scheduling.pinboard.put_back": Right.MOVE,
    "scheduling.pressure_limits.set_limits": Right.SET_LIMITS,
    "scheduling.repair_taking.repair": Right.MOVE,
    "scheduling.repairing.propose": Right.MOVE,
    "scheduling.retiming.keep_clock_times": Right.SET_UP,  # the program itself, when a clinic is opened
    "scheduling.reviews.record_review": Right.CLEAR,
    "scheduling.scoring.record_scores": Right.EDIT_PATIENT,
    "scheduling.set_up.change_set_up": Right.SET_UP,
    "scheduling.set_up_new.make_clinic": Right.SET_UP,
    "scheduling.stopping.stop_course": Right.CANCEL,
    "scheduling.undoing.undo": Right.VIEW,  # and those of the changes themselves, which the step names
    "scheduling.undoing.redo": Right.VIEW,
    "scheduling.waiting.wait_for": Right.BOOK,
    "scheduling.waiting.withdraw_wait": Right.BOOK,
    "treatment.after.close_incident": Right.CLEAR,
    "treatment.asked.ask": Right.BOOK,
    "treatment.asked.refuse": Right.CLEAR,
    "treatment.asked.decide_against": Right.CLEAR,
    "treatment.bringing.bring_into": Right.MOVE,
    "treatment.calling.answer_alarm": Right.VIEW,
    "treatment.cosigning.cosign": Right.CLEAR,
    "treatment.cosigning.deny": Right.CLEAR,
    "treatment.day_after_answering.answer_flag": Right.CLEAR,
    "treatment.day_after_answering.sign_flag": Right.CLEAR,
    "treatment.day_after_answering.deny_flag": Right.CLEAR,
    "treatment.day_after_calling.record_after_call": Right.BOOK,
    "treatment.overriding.override_driver": Right.OVERRIDE_DRIVER,
    "treatment.overriding.override_first_dose": Right.ORDER,
    "treatment.printed.begin": Right.PRINT_SHEET,
    "treatment.progress.note_overruns": Right.BOOK,
    "treatment.recording.record": Right.VIEW,  # and that of each entry's kind: KINDS
    "treatment.rems_form.fill_form": Right.RECORD,
    "treatment.rems_form.record_sent": Right.RECORD,
    "treatment.rems_form.take_back_sent": Right.RECORD,
    "treatment.stocking.move_drugs": Right.VIEW,  # and that of each line
    "treatment.stocking.take_back": Right.RECORD,
    "treatment.stocking.count_lot": Right.RECORD,
    "aftercare.approving.write_text": Right.SET_UP,  # or to approve texts: EITHER
    "aftercare.approving.ask_approval": Right.SET_UP,
    "aftercare.approving.delete_draft": Right.SET_UP,
    "aftercare.approving.approve": Right.APPROVE_TEXT,
    "aftercare.approving.refuse_text": Right.APPROVE_TEXT,
    "aftercare.approving.withdraw": Right.APPROVE_TEXT,
    "aftercare.course_card.same_card_pages": Right.PRINT_SHEET,
    "aftercare.course_card.keep_card": Right.PRINT_SHEET,
    "aftercare.preparing.preparation_pages": Right.PRINT_SHEET,
    "aftercare.preparing.begin_preparation": Right.PRINT_SHEET,
    "aftercare.sheets.make_sheet": Right.PRINT_SHEET,
    "aftercare.sheets.hand_over": Right.PRINT_SHEET,
    "aftercare.to_printer.true_sheet": Right.PRINT_SHEET,
    "aftercare.to_printer.same_sheet": Right.PRINT_SHEET,
    "reports.usage.usage_for": Right.REPORT,
}

# A second right that does as well as the first.
EITHER = dict.fromkeys(f"aftercare.approving.{one}" for one in ("write_text", "ask_approval", "delete_draft"))
EITHER = dict.fromkeys(EITHER, Right.APPROVE_TEXT)

# Open to whoever sits there, each for its reason.
ANYBODY = {
    "treatment.calling.call_for_help": "help is called for by anybody, known or not",
    "treatment.printed.finish": "what became of a job is kept, whoever sits at the desk by then",
    "treatment.printed.numbered": "as finish",
    "security.accounts.renewed": "asks what somebody's own rights are now",
    "security.accounts.sign_out": "one's own sign-out",
    "security.accounts.locked": "locking hides; nobody is kept from it",
    "security.accounts.unlocked": "a row of the trail; sign_in or switch let in",
    "security.accounts.set_password": "one's own; the old one is asked",
    "security.accounts.set_pin": "one's own; the password is asked",
    "security.accounts.accounts": "who can sign in is shown before anybody has",
    "security.accounts.sign_in": "the way in",
    "security.accounts.switch": "the way in",
    "security.accounts.recover": "the way in by the printed code",
    "security.accounts.make_first_manager": "only while there is no account",
    "security.accounts.emergency": "for whoever cannot sign in; every manager is told",
}

# Reads that a window makes for whoever was let in, who may view; none of them writes. Why they are given no
# actor: docs/decisions/who-may-is-asked-in-the-use-case.md.
READS = frozenset({
    "scheduling.looking.openings", "scheduling.looking.fit_at", "scheduling.looking_booking.look",
    "scheduling.looking_course.plan_course", "scheduling.looking_course.next_free_day",
    "scheduling.looking_elastic.look_elastic", "scheduling.looking_elastic.look_at_all",
    "scheduling.looking_lost.after_booking", "scheduling.looking_lost.after_moving",
    "scheduling.looking_lost.after_planning", "scheduling.looking_lost.after_calling",
    "scheduling.looking_to_place.waits_for_time", "scheduling.looking_to_place.to_place_list",
    "scheduling.set_up.would_strand", "scheduling.stopping.look_to_stop",
    "scheduling.typed_answers.answers", "scheduling.undoing.read_label",
    "treatment.rems_sheet.read_worksheet", "aftercare.approving.sample_pages",
    "aftercare.course_card.card_pages", "aftercare.course_card.card_again", "aftercare.sheets.preview",
    "aftercare.sheets.print_again", "aftercare.sheets.receipt", "aftercare.sheets.store_now",
    "reports.day_sheet.read_day", "reports.fail_safe.fail_safe", "reports.fail_safe.parts_of",
})  # fmt: skip
