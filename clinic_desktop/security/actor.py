"""Who acts, under the name that the other rooms know: it lives in the foundation, below the store's port."""

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role

__all__ = ["PROGRAM", "Actor", "Role"]
