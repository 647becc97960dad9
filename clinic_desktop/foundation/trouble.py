"""Why a clinic does not open, in kinds that a person can do something about."""

from enum import StrEnum


class Trouble(StrEnum):
    DAMAGED = "damaged"
    UNGUARDED = "unguarded"  # its protection was taken away
    FOREIGN = "foreign"  # another program's file, or none of a database
    NEWER = "newer"  # a newer version of this program made it
    NO_KEYS = "no keys"  # what would open the encrypted file is missing or damaged
    GONE = "gone"  # there is no file of that name
    EMPTY = "empty"  # a server's database in which no clinic was made
    MOVED = "moved"  # this is the old copy of a clinic that is in another place now
    BACKUP = "backup"  # a backup, in which nobody works
    UNREADABLE = "unreadable"
    READ_ONLY = "read-only"
    FULL = "full"
    DISK = "disk"
    BUSY = "busy"
    AWAY = "away"  # the server does not answer
    NOT_LET_IN = "not let in"
    HOME = "home"  # the program's own folder on this computer
    OTHER = "other"
