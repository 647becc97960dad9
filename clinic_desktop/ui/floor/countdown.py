"""The five minutes between two devices, counted down to the second from the stamp of the last."""

from datetime import datetime

from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.due import device_waits
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.treatment.session import devices_planned
from clinic_desktop.ui.i18n import tr


def device_words(care: Care, now: datetime) -> str:
    """ "Device 2 of 2 in 3:41", then "Device 2 of 2 may be given"; "Device 2 of 2 waits for a prescriber"
    beside a limit that keeps it back; empty while none is due."""
    given, planned = len(care.session.devices), devices_planned(care.type)
    rested = care.session.next_device_at
    ended = care.session.since_dose(StampKind.DOSING_ENDED) or care.session.ended_at is not None
    if rested is None or given >= planned or ended:
        return ""
    words = {"number": given + 1, "planned": planned}
    if device_waits(care):
        return tr("Device {number} of {planned} waits for a prescriber").format(**words)
    left = (rested - now).total_seconds()
    if left <= 0:
        return tr("Device {number} of {planned} may be given").format(**words)
    seconds = int(left + 0.999)
    time = f"{seconds // 60}:{seconds % 60:02}"
    return tr("Device {number} of {planned} in {time}").format(time=time, **words)
