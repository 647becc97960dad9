"""Accounts in the database: each stays its person's, some manager can sign in where one could, and a password
of a manager's choice lets nobody in."""

from clinic_desktop.foundation.actor import Role

OTHERS_ACCOUNT = "an account stays with its person"
NO_MANAGER = "no manager could sign in"
TWICE = "a code is accepted once"
GIVEN = "a given password is changed first"

_MANAGES = f"""replace({{w}}.roles, '"{Role.MANAGER}"', '') <> {{w}}.roles AND {{w}}.active = {{true}}"""
_ABLE = "{a}.active = {true} AND {a}.password <> ''"


def handed_on() -> str:
    """A change of an account (``NEW`` over ``OLD``) that makes it somebody else's."""
    return "NEW.staff_id <> OLD.staff_id"


def lets_in_by_given(true: str) -> str:
    """An account (``NEW``) in which somebody signed in, or has a PIN, by a password of a manager's choice."""
    return f"NEW.given = {true} AND (NEW.signed_in_at <> '[]' OR NEW.pin <> '')"


def keeps_given(true: str) -> str:
    """A change (``NEW`` over ``OLD``) by which the password that was given is one's own without another."""
    return f"OLD.given = {true} AND NOT NEW.given = {true} AND NEW.password = OLD.password"


def goes_back() -> str:
    """A change (``NEW`` over ``OLD``) after which a code of a phone would be accepted a second time."""
    return "NEW.factor = OLD.factor AND NEW.factor_step < OLD.factor_step"


def closes(true: str) -> str:
    """A change of an account (``NEW`` over ``OLD``) after which nobody signs in by it."""
    return _filled(f"{_ABLE.replace('{a}', 'OLD')} AND NOT ({_ABLE.replace('{a}', 'NEW')})", true)


def takes_management(true: str) -> str:
    """A change of somebody who works here (``NEW`` over ``OLD``) after which they manage nothing."""
    was, stays = _MANAGES.replace("{w}", "OLD"), _MANAGES.replace("{w}", "NEW")
    return _filled(f"{was} AND NOT ({stays})", true)


def closes_the_last(true: str) -> str:
    """A change of an account after which no manager has one. ``true``: the database's word for it."""
    others = _exists(f"a.id <> OLD.id AND {_ABLE} AND {_MANAGES}")
    whose = f"EXISTS (SELECT 1 FROM staff w WHERE w.id = OLD.staff_id AND {_MANAGES})"
    return f"{closes(true)} AND {_filled(f'{whose} AND NOT {others}', true)}"


def takes_the_last(true: str) -> str:
    """A change of somebody who works here after which no manager has an account."""
    others = _exists(f"w.id <> OLD.id AND {_ABLE} AND {_MANAGES}")
    own = f"EXISTS (SELECT 1 FROM account a WHERE a.staff_id = OLD.id AND {_ABLE})"
    return f"{takes_management(true)} AND {_filled(f'{own} AND NOT {others}', true)}"


def _exists(condition: str) -> str:
    return f"EXISTS (SELECT 1 FROM account a JOIN staff w ON w.id = a.staff_id WHERE {condition})"


def _filled(text: str, true: str) -> str:
    return " ".join(text.format(true=true, a="a", w="w").split())
