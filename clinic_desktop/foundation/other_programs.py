"""What other programs of this computer are told when they are started."""

import os

_OURS = ("PG", "CLINIC_DESKTOP_")


def plain_environment() -> dict[str, str]:
    """The environment without what is for this program and its server alone, such as a password."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
