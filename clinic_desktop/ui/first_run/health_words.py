"""What is said when a clinic does not open: what it is, what is safe, and what to do, step by step."""

from dataclasses import dataclass

from clinic_desktop.foundation.trouble import Trouble
from clinic_desktop.ui.i18n import QT_TR_NOOP


@dataclass(frozen=True, slots=True)
class Advice:
    """title: what it is. safe: what nobody has to fear for. steps: what to do, the likeliest first. restore:
    a backup would help. other: another file may be the right one. look: it can be looked at all the same."""

    title: str
    safe: str
    steps: tuple[str, ...]
    restore: bool = False
    other: bool = True
    look: bool = False


_LEFT = QT_TR_NOOP("The file was only looked at. Nothing in it was changed by that.")
_SERVER = QT_TR_NOOP("What was saved is on the server, and is not touched by this.")
_WRITTEN = QT_TR_NOOP("All that was saved before is in the file. Nothing in it was changed.")
_COPY = QT_TR_NOOP("Copy the damaged file to a safe place first. It may still help to find what is missing.")
_RESTORE = QT_TR_NOOP(
    "Restore the last good backup, by the way below. What was written after it is missing: take it from"
    " paper."
)
_AGAIN = QT_TR_NOOP("Then try again.")

ADVICE: dict[Trouble, Advice] = {
    Trouble.DAMAGED: Advice(
        QT_TR_NOOP("The clinic's data file is damaged"),
        _LEFT,
        (
            _COPY,
            _RESTORE,
            QT_TR_NOOP("Have the disk of this computer looked at: files rarely go bad by themselves."),
        ),
        restore=True,
    ),
    Trouble.UNGUARDED: Advice(
        QT_TR_NOOP("The clinic's data has lost its protection"),
        _LEFT,
        (
            QT_TR_NOOP("Another program has changed the file. Ask whoever looks after this computer."),
            QT_TR_NOOP("Run the check: clinic-desktop check. It says what is missing."),
            _RESTORE,
        ),
        restore=True,
    ),
    Trouble.FOREIGN: Advice(
        QT_TR_NOOP("This is not a clinic's data file"),
        _LEFT,
        (QT_TR_NOOP("Choose the clinic's own file. It is mostly called clinic.sqlite."),),
    ),
    Trouble.NEWER: Advice(
        QT_TR_NOOP("A newer Clinic Desktop made this clinic's data"),
        _LEFT,
        (
            QT_TR_NOOP("Update the program on this computer. The other desks go on meanwhile."),
            QT_TR_NOOP("Until then use another desk, or the paper for the day."),
        ),
    ),
    Trouble.NO_KEYS: Advice(
        QT_TR_NOOP("What opens the clinic's data is not there"),
        _LEFT,
        (
            QT_TR_NOOP(
                "Every backup has a copy of the keys: a file that ends with .keys. Copy it beside the"
                " clinic's file, under that file's name and .keys. Then try again."
            ),
            QT_TR_NOOP("Else restore the last good backup, below: it brings its keys."),
        ),
        restore=True,
    ),
    Trouble.GONE: Advice(
        QT_TR_NOOP("The clinic's data file is not there"),
        QT_TR_NOOP("Nothing was made in its place. If the file was moved, all is in it still."),
        (
            QT_TR_NOOP("Is it on a drive that is not plugged in, or in another folder? Choose it there."),
            QT_TR_NOOP("Was it deleted? Look in the trash, else restore the last good backup, below."),
        ),
        restore=True,
    ),
    Trouble.EMPTY: Advice(
        QT_TR_NOOP("No clinic was made in this database yet"),
        QT_TR_NOOP("It was only looked at. Nothing was made in it."),
        (
            QT_TR_NOOP(
                "Do other desks work with the clinic? Then this is another database: take the address from"
                " one of them (Set-up, Several PCs)."
            ),
            QT_TR_NOOP(
                "To make a clinic there, or to move this computer's there: go to the start, and choose"
                ' "Several PCs: a clinic on a server".'
            ),
        ),
        other=False,
    ),
    Trouble.MOVED: Advice(
        QT_TR_NOOP("This clinic was moved: here is its old copy"),
        QT_TR_NOOP("All that was recorded is at the other place. The old copy was left as it was."),
        (
            QT_TR_NOOP("Go on with the clinic where it is now, with this PC's name and password."),
            QT_TR_NOOP(
                "Only where the other place is lost, or moving was a mistake: use the old copy again. What"
                " was recorded since the move is not in it."
            ),
        ),
    ),
    Trouble.BACKUP: Advice(
        QT_TR_NOOP("This file is a backup, not the clinic"),
        QT_TR_NOOP("Nothing in it was changed, and it can still be restored. The clinic is where it was."),
        (
            QT_TR_NOOP(
                "Is something missing, or was something changed? Look at the backup: nothing is saved."
            ),
            QT_TR_NOOP(
                "Is it to take the clinic's place? Open the clinic: what is in the backup, and what would be"
                " lost, is said there before anything is done. What is there now is kept."
            ),
            QT_TR_NOOP(
                "Does the clinic itself not open? The page that says so restores a backup, and so does the"
                " first page where there is no clinic."
            ),
        ),
        look=True,
    ),
    Trouble.UNREADABLE: Advice(
        QT_TR_NOOP("The clinic's data file cannot be read"),
        _WRITTEN,
        (
            QT_TR_NOOP("Somebody else's file? Sign in to this computer as the person who uses the program."),
            QT_TR_NOOP("Let whoever looks after this computer give you the right to read and write it."),
            _AGAIN,
        ),
    ),
    Trouble.READ_ONLY: Advice(
        QT_TR_NOOP("The clinic's data cannot be written here"),
        _WRITTEN,
        (
            QT_TR_NOOP("The folder must let you make files, too: the program keeps its journal there."),
            QT_TR_NOOP("Is the drive locked, or full of errors? Let it be looked at."),
            _AGAIN,
        ),
        look=True,
    ),
    Trouble.FULL: Advice(
        QT_TR_NOOP("The disk is full"),
        _WRITTEN,
        (
            QT_TR_NOOP("Free some space: empty the trash, move films and pictures away."),
            QT_TR_NOOP("Do not delete files of the clinic, also not those that end with -wal or -shm."),
            _AGAIN,
        ),
        other=False,
        look=True,
    ),
    Trouble.DISK: Advice(
        QT_TR_NOOP("The disk does not read or write as it should"),
        QT_TR_NOOP("What was saved before is as safe as the disk is. Nothing was changed now."),
        (
            QT_TR_NOOP("Copy the clinic's file and its backups to another disk, now."),
            QT_TR_NOOP("Let the disk be looked at before you go on with it."),
        ),
        restore=True,
    ),
    Trouble.BUSY: Advice(
        QT_TR_NOOP("The clinic's data is busy"),
        _WRITTEN,
        (
            QT_TR_NOOP("Another desk or a backup program has it. Wait a moment, then try again."),
            QT_TR_NOOP("Does it stay so? Close the program on the other desks, one after the other."),
        ),
        other=False,
    ),
    Trouble.AWAY: Advice(
        QT_TR_NOOP("The clinic's server does not answer"),
        _SERVER,
        (
            QT_TR_NOOP("Is this computer in the clinic's network? Look at the cable or the Wi-Fi."),
            QT_TR_NOOP("Do other desks work? If none does, call whoever looks after the server."),
            QT_TR_NOOP("Go on with the paper for the day, and enter it afterwards."),
        ),
        other=False,
    ),
    Trouble.NOT_LET_IN: Advice(
        QT_TR_NOOP("The clinic's server did not let this desk in"),
        _SERVER,
        (QT_TR_NOOP("Ask whoever looks after the server for the name and the password of this desk."),),
        other=False,
    ),
    Trouble.HOME: Advice(
        QT_TR_NOOP("The program cannot use its own folder"),
        QT_TR_NOOP("The clinic's data was not opened, and nothing in it was changed."),
        (
            QT_TR_NOOP("Let whoever looks after this computer give you the right to read and write it."),
            QT_TR_NOOP("Is the disk full? Free some space."),
            _AGAIN,
        ),
        other=False,
    ),
    Trouble.OTHER: Advice(
        QT_TR_NOOP("The clinic did not open"),
        QT_TR_NOOP("Nothing was changed."),
        (QT_TR_NOOP("Try again. If it stays so, call whoever looks after this computer."),),
    ),
}
