"""Every text of the clinic: what is in force, what waits, and what the program brings."""

from datetime import timedelta

import pytest

from clinic_desktop.aftercare.approving import TextName, approve, ask_approval, refuse_text, write_text
from clinic_desktop.aftercare.parse import shipped_source
from clinic_desktop.aftercare.problems import TextRefused
from clinic_desktop.aftercare.sheet_text import TextStatus
from clinic_desktop.aftercare.text_list import TextLine, texts_here
from clinic_desktop.aftercare.texts import kinds_in_use
from clinic_desktop.aftercare.texts_waiting import Texts
from clinic_desktop.foundation.errors import BadInput
from tests.aftercare.approved import approve_shipped
from tests.aftercare.test_approving import CALM, IV, MANAGER, two_pages
from tests.small_clinic import MONDAY, SmallClinic

DAY = timedelta(days=1)
SECOND = TextName("iv", "en", 2)


def texts(clinic: SmallClinic) -> list[TextLine]:
    with clinic.store.read() as records:
        return texts_here(records, clinic.clock.now())


def iv(clinic: SmallClinic, language: str = "en") -> TextLine:
    return next(one for one in texts(clinic) if (one.kind, one.language) == ("iv", language))


def asked_from(clinic: SmallClinic):
    with clinic.store.read() as records:
        found = Texts().waiting(records, clinic.clock.now())
    return [one.wanted_from for one in found if (one.kind, one.number) == ("iv", 2)]


def test_a_new_clinic_has_the_texts_of_the_program_which_wait(clinic: SmallClinic) -> None:
    with clinic.store.read() as records:
        used = kinds_in_use(records.setup())
    english = [one for one in texts(clinic) if one.language == "en"]
    assert [one.kind for one in english if one.used] == used
    line = iv(clinic)
    assert (line.in_force, line.draft, line.asked) == (None, None, None)
    assert line.brought is not None
    assert (line.title, line.brought.number, line.brought.id) == ("After your ketamine treatment", 1, 0)


def test_a_draft_then_what_is_asked_then_what_is_in_force(clinic: SmallClinic) -> None:
    approve_shipped(clinic)
    write_text(clinic.store, MANAGER, CALM)
    assert [one.number for one in iv(clinic).versions] == [2, 1]
    draft, old = iv(clinic).draft, iv(clinic).in_force
    assert draft is not None
    assert old is not None
    assert (draft.number, old.number, iv(clinic).asked) == (2, 1, None)
    ask_approval(clinic.store, MANAGER, SECOND, "Lie down.", MONDAY + 3 * DAY)
    assert iv(clinic).draft is None
    assert iv(clinic).asked is not None
    assert asked_from(clinic) == [MONDAY + 3 * DAY]
    approve(clinic.store, clinic.prescriber, SECOND, two_pages)
    to_come = iv(clinic).to_come(MONDAY)
    assert to_come is not None
    assert to_come.effective_from == MONDAY + 3 * DAY
    now = iv(clinic).in_force
    assert now is not None
    assert now.number == 1
    clinic.clock.at += 3 * DAY
    then = iv(clinic).in_force
    assert then is not None
    assert then.number == 2


def test_a_day_that_was_asked_for_and_is_over_becomes_today(clinic: SmallClinic) -> None:
    write_text(clinic.store, MANAGER, CALM)
    ask_approval(clinic.store, MANAGER, SECOND, "Lie down.", MONDAY)
    clinic.clock.at += 2 * DAY
    approve(clinic.store, clinic.prescriber, SECOND, two_pages)
    now = iv(clinic).in_force
    assert now is not None
    assert now.effective_from == MONDAY + 2 * DAY


def test_nothing_is_asked_for_from_yesterday_on(clinic: SmallClinic) -> None:
    write_text(clinic.store, MANAGER, CALM)
    with pytest.raises(BadInput, match="from today at the earliest"):
        ask_approval(clinic.store, MANAGER, SECOND, "Lie down.", MONDAY - DAY)


def test_what_is_sent_back_names_no_day(clinic: SmallClinic) -> None:
    write_text(clinic.store, MANAGER, CALM)
    ask_approval(clinic.store, MANAGER, SECOND, "Lie down.", MONDAY + DAY)
    refuse_text(clinic.store, clinic.prescriber, SECOND, "Say how long.")
    newest = iv(clinic).versions[0]
    assert (newest.status, newest.effective_from) == (TextStatus.REFUSED, None)


def test_what_is_unfinished_is_kept_and_put_before_nobody(clinic: SmallClinic) -> None:
    """Half a sentence is not lost; it is no sheet either."""
    broken = IV.replace("[15]", "[9]")
    draft = write_text(clinic.store, MANAGER, broken, unfinished=True).text
    assert iv(clinic).draft == draft
    with pytest.raises(TextRefused, match="statement 15"):
        ask_approval(clinic.store, MANAGER, SECOND, "Nothing about rest.")
    assert iv(clinic).asked is None
    with pytest.raises(TextRefused, match="Begin the file with ---"):
        write_text(clinic.store, MANAGER, "half a head", over=draft, unfinished=True)
    more = write_text(clinic.store, MANAGER, broken + "\nmore", over=draft, unfinished=True).text
    assert more.number == 2
    write_text(clinic.store, MANAGER, CALM, over=more, unfinished=True)
    ask_approval(clinic.store, MANAGER, SECOND, "Lie down.")
    assert iv(clinic).asked is not None


def test_a_text_in_another_language_stands_below_its_kind(clinic: SmallClinic) -> None:
    source = shipped_source("iv").replace("language: en", "language: tl")
    write_text(clinic.store, MANAGER, source)
    names = [(one.kind, one.language) for one in texts(clinic)]
    assert ("iv", "tl") in names
    assert names.index(("iv", "en")) < names.index(("iv", "tl"))
    line = iv(clinic, "tl")
    assert line.draft is not None
    assert (line.draft.number, line.in_force) == (1, None)
