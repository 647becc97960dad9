"""One clinic is not put in the place of another by mistake."""

from clinic_desktop.foundation.backups import Seen
from clinic_desktop.foundation.errors import EnvironmentFailure

OTHER_CLINIC = (
    "{name} is another clinic's backup ({backup}), and the clinic here is {here}. Nothing was changed. Add "
    "--other-clinic if it is to take its place."
)


def refuse_other(seen: Seen, *, allowed: bool) -> None:
    """Raise :class:`EnvironmentFailure` for another clinic's backup, unless that is ``allowed`` or what is
    here is a clinic that was just made, as on a new computer."""
    if seen.replaces_another and seen.now is not None and not allowed:
        names = {"backup": seen.inside.name or "without a name", "here": seen.now.name or "without a name"}
        raise EnvironmentFailure(OTHER_CLINIC.format(name=seen.file.name, **names))
