"""Why no line to a server came about, in the program's own words.

The driver tells no code of it, only English of its own and the server's words, in the server's language.
"""

from enum import StrEnum

from clinic_desktop.foundation.errors import AWAY


class Trouble(StrEnum):
    """What kept a line from coming about; ``words`` say it and what to do."""

    NAME = "name not found"
    REFUSED = "refused"
    SILENT = "no answer"
    NO_TLS = "no encryption"
    EXPIRED = "certificate expired"
    STRANGER = "certificate not trusted"
    OTHER_NAME = "certificate of another name"
    NO_ROOT = "root certificate not read"
    WRONG = "name or secret not accepted"
    UNSAID = "nothing to sign in with"
    NO_DATABASE = "no such database"
    NOT_ADMITTED = "not admitted"
    FULL = "too many desks"
    OTHER = "other"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def asks_password(self) -> bool:
        """Whether another password may help."""
        return self in (Trouble.WRONG, Trouble.UNSAID)

    @property
    def lasts(self) -> bool:
        """Whether waiting does not mend it; all else is a server that is away."""
        return self in _LASTING


_LASTING = frozenset({
    Trouble.NO_TLS, Trouble.EXPIRED, Trouble.STRANGER, Trouble.OTHER_NAME, Trouble.NO_ROOT,
    Trouble.NO_DATABASE, Trouble.NOT_ADMITTED,
})  # fmt: skip

_WORDS = {
    Trouble.NAME: "The network knows no computer of this name. Check how the server's name is written.",
    Trouble.REFUSED: (
        "The computer is there, but no PostgreSQL answers at this port. Check the port, and whether the "
        "server runs and listens on the network."
    ),
    Trouble.SILENT: (
        "The server does not answer. A firewall may be in between: the port (usually 5432) must be open "
        "from this PC to the server."
    ),
    Trouble.NO_TLS: (
        "The server offers no encryption, and patient data does not cross a network without it. Let the "
        "administrator set ssl = on with a certificate."
    ),
    Trouble.EXPIRED: (
        "The server's certificate has expired or is not valid yet. Let the administrator renew it, and check "
        "this computer's clock."
    ),
    Trouble.STRANGER: (
        "The server's certificate is not signed by the root certificate that was given. Nothing was sent. It "
        "may be another computer in the server's place: ask the administrator for the right root certificate."
    ),
    Trouble.OTHER_NAME: (
        "The server's certificate is made out to another name. Use the name that stands in it, or let the "
        "administrator renew it with this name."
    ),
    Trouble.NO_ROOT: "The root certificate's file cannot be read here. Check its path.",
    Trouble.WRONG: "The server did not accept this name and password. Check both, capital letters too.",
    Trouble.UNSAID: "The server asks for a password, and this computer has none for it. Type it.",
    Trouble.NO_DATABASE: (
        "The server has no database of this name. Check the name, or let the administrator make one with "
        "ENCODING 'UTF8'."
    ),
    Trouble.NOT_ADMITTED: (
        "The server does not admit this name from this PC (pg_hba.conf). Let the administrator add a line "
        "for it: hostssl, the database, the name, this PC's address, scram-sha-256."
    ),
    Trouble.FULL: "The server takes no more lines at present. Let the administrator raise max_connections.",
    Trouble.OTHER: "The server could not be reached.",
}
SENTENCES = (AWAY, *_WORDS.values())

# In this order: the first sign that is found decides.
_SIGNS = (
    ("could not translate host name", Trouble.NAME),
    ("failed to resolve host", Trouble.NAME),
    ("name or service not known", Trouble.NAME),
    ("no address associated", Trouble.NAME),
    ("server does not support ssl", Trouble.NO_TLS),
    ("certificate has expired", Trouble.EXPIRED),
    ("certificate is not yet valid", Trouble.EXPIRED),
    ("certificate verify failed", Trouble.STRANGER),
    ("does not match host name", Trouble.OTHER_NAME),
    ("root certificate", Trouble.NO_ROOT),
    ("no password supplied", Trouble.UNSAID),
    ("password authentication failed", Trouble.WRONG),
    ("authentication failed", Trouble.WRONG),
    ("no pg_hba.conf entry", Trouble.NOT_ADMITTED),
    ("is not permitted to log in", Trouble.NOT_ADMITTED),
    ("permission denied for database", Trouble.NOT_ADMITTED),
    ("too many clients", Trouble.FULL),
    ("remaining connection slots", Trouble.FULL),
    ("connection refused", Trouble.REFUSED),
    ("timeout", Trouble.SILENT),
    ("timed out", Trouble.SILENT),
    ("no route to host", Trouble.SILENT),
    ("network is unreachable", Trouble.SILENT),
)


def trouble_of(said: str) -> Trouble:
    """What the driver's words of a failed connection mean."""
    low = said.lower()
    if 'database "' in low and "does not exist" in low:
        return Trouble.NO_DATABASE
    if 'role "' in low and "does not exist" in low:
        return Trouble.WRONG
    return next((trouble for sign, trouble in _SIGNS if sign in low), Trouble.OTHER)
