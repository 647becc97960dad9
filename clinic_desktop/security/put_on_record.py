"""What was done to the clinic's data as a whole, for the audit trail."""

from collections.abc import Mapping

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.store import Store
from clinic_desktop.foundation.trail import Deed


def put_on_record(store: Store, actor: Actor, deed: Deed, kind: str, about: Mapping[str, object]) -> None:
    """One entry that changes no record. about: plain values, without a secret and without what was seen."""
    with store.write(actor) as unit:
        unit.witness(deed, kind, about=about)
        unit.commit()
