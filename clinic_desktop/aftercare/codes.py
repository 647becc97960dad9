"""What the square codes of a sheet hold: the next visit for a phone's calendar, and the clinic's number.

A calendar goes to other devices and other people: it says when and where, and neither who, nor what for, nor
the clinic's name, which may tell it.
"""

import re
from datetime import timedelta

from clinic_desktop.foundation.clock import instant_at
from clinic_desktop.people.phones import usual_phone

_NORTH_AMERICAN = re.compile(r"\((\d{3})\) (\d{3})-(\d{4})(?: ext\. (\d+))?")
_ELSEWHERE = re.compile(r"\+[1-9][\d .()/-]{5,24}")
LONGEST_ADDRESS = 120  # letters; more would make squares too small for an old phone's camera


def calendar_entry(start: int, minutes: int, address: str, what: str) -> str:
    """An iCalendar event (RFC 5545) of a visit that starts at a UTC minute. ``what``: "Appointment".

    The instant stands in universal time, so that it is right on a phone of another zone, too.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415 - takes half of a start, and few starts print

    at, where = instant_at(start), ", ".join(filter(None, map(str.strip, address.splitlines())))
    event = Event()
    event.add("uid", f"{at:%Y%m%dT%H%M}Z@appointment")
    event.add("dtstamp", at)  # as good as any: the same visit gives the same code
    event.add("dtstart", at)
    if minutes > 0:
        event.add("duration", timedelta(minutes=minutes))
    event.add("summary", what)
    if where and len(where) <= LONGEST_ADDRESS:
        event.add("location", where)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Clinic Desktop//EN")
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


def phone_link(number: str) -> str:
    """ "tel:+15035550142" (RFC 3966) for "(503) 555-0142"; empty for a number of which nobody can tell how it
    is dialled from elsewhere."""
    usual = usual_phone(number)
    if found := _NORTH_AMERICAN.fullmatch(usual):
        area, exchange, line, extension = found.groups()
        return f"tel:+1{area}{exchange}{line}" + (f";ext={extension}" if extension else "")
    digits = re.sub(r"\D", "", usual)
    return f"tel:+{digits}" if _ELSEWHERE.fullmatch(usual) else ""
