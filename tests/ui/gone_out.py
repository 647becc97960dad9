"""What the audit trail says went to a printer or into a file."""

import json

from clinic_desktop.foundation.store import Store
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security.audit import Asked


def gone_out(store: Store) -> list[tuple[str, str, int, dict[str, object]]]:
    """Of each, the oldest first: the deed, what it is, whose, and what is said of it."""
    with store.read() as records:
        lines = records.trail_lines(Asked(actions=(Deed.PRINTED, Deed.EXPORTED)))  # type: ignore[attr-defined] - every store answers it
    return [(one.action, one.kind, one.record_id, json.loads(one.after or "{}")) for one in reversed(lines)]
