"""The clinic's key for the time without the server: one, made by whoever asks first, and shown nowhere."""

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.security.outage_key import OutageKey, outage_key
from clinic_desktop.storage.check import findings


def test_every_desk_has_the_same_key_and_no_image_has_it(any_store):
    key = outage_key(any_store, PROGRAM)
    assert len(key) == 32
    assert outage_key(any_store, PROGRAM) == key
    with any_store.read() as records:
        (kept,) = records.find(OutageKey)
        images = records.rows('SELECT "after" FROM audit')
    assert key.hex() not in repr(kept)
    assert not any(key.hex() in (image or "") for (image,) in images)
    assert findings(any_store.where) == []
