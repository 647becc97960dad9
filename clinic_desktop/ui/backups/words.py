"""How old a backup is, and what was looked at, in words."""

from datetime import datetime, timedelta
from pathlib import Path

from clinic_desktop.foundation.backups import Age, Backup, Check, Inside, Seen, Standing, clinics_time
from clinic_desktop.foundation.words import clock_time, plain_date, short_date
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

_HOUR = timedelta(hours=1)
_DAMAGE = {"integrity", "not-readable", "summary"}  # codes of the check of a file
_CHECKED = {
    Check.WHOLE: QT_TR_NOOP("Checked: every page and every record"),
    Check.PAGES: QT_TR_NOOP("Checked: every page and every guard"),
    Check.RESTORED: QT_TR_NOOP("Checked: restored into a place of its own, every record looked at"),
    Check.CONTENTS: QT_TR_NOOP("Checked: its table of contents only"),
}


def how_long(age: timedelta) -> str:
    """The largest unit of a stretch of time, rounded down."""
    if age < _HOUR:
        return tr("less than an hour")
    hours = int(age / _HOUR)
    return tr("%n hour(s)", "", hours) if hours < 48 else tr("%n day(s)", "", hours // 24)


def when(at: datetime, zone: str, now: datetime | None = None, name: str = "") -> str:
    """The day and time of the clinic, and what that time is called; with the year, but for one that is this
    year's ``now``. zone: empty where nobody knows it; then by the offset in the file's ``name``, else by this
    computer's clock, which is said."""
    local, called = clinics_time(at, name, zone)
    this_year = now is not None and clinics_time(now, name, zone)[0].day.year == local.day.year
    day = short_date(local.day) if this_year else plain_date(local.day)
    time = clock_time(local.minute)
    if not called:
        return tr("{day}, {time} by this computer's clock").format(day=day, time=time)
    return tr("{day}, {time} {zone}").format(day=day, time=time, zone=called)


def in_status_bar(stands: Standing, now: datetime, *, failed: bool) -> str:
    """A few quiet words, or what is wrong."""
    last, age = stands.last_good(now), stands.age(now)
    if last is None:
        return tr("No backup yet") if age is Age.DUE and not failed else tr("No backup")
    words = tr("Backup: {age} old").format(age=how_long(now - last))
    if stands.keys_lost is not None:
        return tr("{words}, the keys are lost").format(words=words)
    if not failed and stands.unsound(now) is not None:
        return tr("{words}, the last one is not sound").format(words=words)
    return tr("{words}, the last one failed").format(words=words) if failed else words


def unsound_words(one: Backup, zone: str, now: datetime) -> tuple[str, str]:
    """What is said of a last backup in which something was found, and what to do."""
    title = tr("The last backup does not hold together")
    text = tr(
        "In the clinic's data of {when} was found: {found}. Call whoever looks after this computer: the "
        "command clinic-desktop check says what each is. Keep the older backups. By itself the next one is "
        "made a day later, so that they do not fill the disk; once it is mended, back up now."
    )
    return title, text.format(when=when(one.at, zone, now), found=", ".join(one.facts.findings))


def keys_lost_words(lost: Path, copy: Path | None) -> tuple[str, str]:
    """What is said of an encrypted clinic whose keys are missing or damaged, and what to do."""
    title = tr("{name} is missing or damaged: once it is closed, nobody can open this clinic")
    text = (
        tr("Leave the program open. Copy {copy} to {lost} now. No backup is good until then.")
        if copy is not None
        else tr(
            "Leave the program open. No copy of it is beside the backups that are known here: look for one "
            "on other drives, and copy it to {lost}. No backup is good until then."
        )
    )
    return title.format(name=lost.name), text.format(copy=copy, lost=lost)


def checked(one: Backup) -> str:
    """What was looked at, and what was found."""
    if not one.whole:
        return tr("Its file is gone or is not as long as it was. It cannot be restored.")
    words = tr(_CHECKED[one.facts.checked])
    if not one.facts.findings:
        return tr("{words}. Sound.").format(words=words)
    return tr("{words}. Found: {found}.").format(words=words, found=", ".join(one.facts.findings))


def size_words(size: int) -> str:
    """In kB or MB."""
    if size < 1_000_000:
        return tr("{n} kB").format(n=max(1, round(size / 1000)))
    return tr("{n} MB").format(n=round(size / 1_000_000, 1))


def _counted(held: Inside) -> dict[str, str]:
    people, visits = tr("%n patient(s)", "", held.patients), tr("%n visit(s)", "", held.visits)
    return {"people": people, "visits": visits}


def _named(name: str, words: str) -> str:
    return tr("{name}: {words}").format(name=name, words=words) if name else words


def seen_words(seen: Seen, zone: str) -> list[str]:
    """What is in a backup, and what would no longer be there; a paragraph each."""
    held = seen.inside
    if _DAMAGE & set(seen.findings):  # what could be counted of it says little
        return [
            tr("This backup is damaged and cannot be restored. The clinic is as it was. Take another one.")
        ]
    said = [_named(held.name, tr("{people} and {visits}.").format(**_counted(held)))]
    if held.changed_at is not None:
        said[0] += " " + tr("Last change: {when}.").format(
            when=when(held.changed_at, held.zone or zone, name=seen.file.name)
        )
    if seen.now is not None:
        there = tr("{people} and {visits}.").format(**_counted(seen.now))
        said.append(tr("There now: {what}").format(what=_named(seen.now.name, there)))
    if seen.lost:
        said.append(tr("%n change(s) came after it and would no longer be there.", "", seen.lost))
    elif seen.lost == 0:
        said.append(tr("Nothing was changed since."))
    elif seen.same_clinic:
        said.append(
            tr(
                "It is of this clinic, and not an earlier state of what is there now: it holds what was "
                "recorded before a backup was restored, or at another place. What differs cannot be counted."
            )
        )
    elif seen.now is not None:
        said.append(tr("It is another clinic's. All of what is there now would no longer be in use."))
    if seen.as_written is False:
        said.append(tr("The file has changed since it was written. It cannot be restored."))
    if seen.findings:
        said.append(
            tr("What is in it does not hold together: {codes}.").format(codes=", ".join(seen.findings))
        )
    return said
