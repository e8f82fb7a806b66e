"""What the clock's entries are called, and what each is good for, by their names in `config.celery`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from celery.schedules import crontab
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from office.clock import Entry
from office.figures import figures


@dataclass(frozen=True)
class Words:
    """The name of an entry, and what it does."""

    title: Any
    about: Any = ""


WORDS: Final = {
    "reminders and letters": Words(
        gettext_lazy("Reminders and letters"),
        gettext_lazy("Reminds of what is due, chases agencies, sends every letter that may go."),
    ),
    "reports whose day has come": Words(
        gettext_lazy("Reports whose day has come"),
        gettext_lazy(
            "Asks for monthly, quarterly and annual reports on the first working day after their period."
        ),
    ),
    "months to be frozen": Words(
        gettext_lazy("Freezing of months"),
        gettext_lazy("Keeps what the indicators came to in the month that is over."),
    ),
    "reports left unmade": Words(
        gettext_lazy("Reports left unmade"), gettext_lazy("Makes what was asked for and lies there.")
    ),
    "morning of a sitting day": Words(
        gettext_lazy("Morning of a sitting day"),
        gettext_lazy("Writes the summary of 07:30 to those who carry parliament's business."),
    ),
    "binders changed or left unmade": Words(
        gettext_lazy("Minister's binders"),
        gettext_lazy("Makes new editions of what has changed, and what lies there."),
    ),
    "articles whose minute has come": Words(
        gettext_lazy("News whose minute has come"),
        gettext_lazy("Publishes what the head approved for this minute."),
    ),
    "pictures left unmade": Words(
        gettext_lazy("Pictures left unmade"), gettext_lazy("Makes the sizes of pictures for the web.")
    ),
    "journals and labels left unmade": Words(
        gettext_lazy("Journal pages and labels left unmade"),
        gettext_lazy("Makes what was asked for and lies there."),
    ),
    "next month's journal": Words(
        gettext_lazy("Next month's journal"),
        gettext_lazy("Opens next month's issue once its month is near."),
    ),
    "what the database knows of its tables": Words(
        gettext_lazy("Care of the database"),
        gettext_lazy(
            "Throws away what ended sign-ins left and counts the tables anew, so that lists stay quick. Best at night."
        ),
    ),
    "yearly question to the contacts of the network": Words(
        gettext_lazy("Yearly question to the network"),
        gettext_lazy("Asks each contact once in October whether the entry is still right."),
    ),
    "registers left unloaded": Words(
        gettext_lazy("Registers left unloaded"),
        gettext_lazy("Loads files that were confirmed and lie there."),
    ),
    "work of leavers left with them": Words(
        gettext_lazy("Work of leavers"),
        gettext_lazy("Goes on with handing over the work of those who leave."),
    ),
    "papers of letters left unmade": Words(
        gettext_lazy("Papers of letters left unmade"),
        gettext_lazy("Makes the papers of letters that have their number."),
    ),
    "nightly backup": Words(
        gettext_lazy("Nightly backup"),
        gettext_lazy("Writes database and files into one encrypted file, and reads it back."),
    ),
    "open data of months that are over": Words(
        gettext_lazy("Open data"), gettext_lazy("Counts and publishes the figures of months that are over.")
    ),
    "what has had its years": Words(
        gettext_lazy("What has had its years"),
        gettext_lazy("Puts before people what the rules of retention no longer keep. Removes nothing."),
    ),
    "removal of personal data, and files left": Words(
        gettext_lazy("Removal of personal data"), gettext_lazy("Removes what two people agreed to.")
    ),
    "files about a person left unmade, or past their days": Words(
        gettext_lazy("Files about a person"),
        gettext_lazy("Makes what was asked for and lies there, and removes what has had its days."),
    ),
}


def words_of(name: str) -> Words:
    """The words of an entry; one that has none yet stands under its name."""
    return WORDS.get(name, Words(name))


def rhythm_words(entry: Entry) -> str:
    """How often it runs, as it holds now: “Every minute”, “Daily at 08:15”."""
    given = entry.given
    if not isinstance(given, crontab):
        return _every(round(given.run_every / timedelta(minutes=1)) or 1)
    if entry.is_daily:
        time = figures("{:02d}:{:02d}".format(*entry.time))
        if len(given.month_of_year) == 1:
            return _("Daily in October at %(time)s") % {"time": time}
        return _("Daily at %(time)s") % {"time": time}
    minutes = sorted(given.minute)
    every = _every(minutes[1] - minutes[0]) if len(minutes) > 1 else _("Once an hour")
    if len(given.hour) == 24:
        return every
    hours = {"first": figures(f"{min(given.hour):02d}"), "last": figures(f"{max(given.hour):02d}")}
    return _("%(every)s between %(first)s:00 and %(last)s:59") % {"every": every, **hours}


def _every(minutes: int) -> str:
    if minutes == 1:
        return _("Every minute")
    said = ngettext("Every %(count)s minute", "Every %(count)s minutes", minutes)
    return said % {"count": figures(minutes)}
