"""The menu beside every page, as plain data: a subgroup's entries stand here by URL name, so the office need not know
the rooms above it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.utils.translation import gettext_lazy as _

from office.models import Role, Subgroup


class Readers(Enum):
    """To whom an entry is shown; what its page shows is another question."""

    EVERYBODY = auto()
    SUBGROUP = auto()
    SUBGROUP_AND_EXECUTIVES = auto()
    EXECUTIVES = auto()
    STAFF = auto()
    """Whoever carries the group's work or decides on it; not one who is an administrator alone."""
    KEEPERS = auto()
    """Heads and administrators."""
    ADMINISTRATORS = auto()


@dataclass(frozen=True)
class Entry:
    """One entry: the `section` that its pages say they are of, its icon, its words, the URL name of its page."""

    section: str
    icon: str
    words: Any
    page: str
    readers: Readers = Readers.SUBGROUP_AND_EXECUTIVES


@dataclass(frozen=True)
class Group:
    """The entries under one heading; `subgroup` is the code of whose they are."""

    heading: Any
    entries: Sequence[Entry]
    subgroup: str = ""


GROUPS = [
    Group(
        Subgroup.Code.POLITICS.label,
        [
            Entry("meetings", "clock", _("Meetings"), "parliament:meetings"),
            Entry("meeting_board", "today", _("Board of the day"), "parliament:meeting_board"),
            Entry("meeting_calendar", "calendar", _("Calendar of meetings"), "parliament:meeting_calendar"),
            Entry("follow_ups", "again", _("Follow-ups"), "parliament:follow_ups"),
            Entry("interpellations", "question", _("Interpellations"), "parliament:interpellations"),
            Entry("motions", "motion", _("Motions"), "parliament:motions"),
            Entry("bills", "bill", _("Bills"), "parliament:bills"),
            Entry("consultations", "consultation", _("Consultations"), "parliament:consultations"),
            Entry("members", "person", _("Members and senators"), "parliament:members"),
            Entry("committees", "people", _("Committees"), "parliament:committees"),
            Entry("sessions", "bank", _("Sessions of parliament"), "parliament:sessions"),
            Entry("bodies", "shield", _("Parties and organisations"), "parliament:bodies"),
            # Executives find the reports on everything below the petitions.
            Entry("reports", "reports", _("Reports"), "reports:list", Readers.SUBGROUP),
        ],
        Subgroup.Code.POLITICS,
    ),
    Group(
        Subgroup.Code.PUBLIC_RELATIONS.label,
        [
            Entry("engagements", "calendar", _("Minister's agenda"), "publicrelations:engagements"),
            Entry("articles", "news", _("News"), "publicrelations:articles"),
            Entry("journals", "journal", _("Journal"), "publicrelations:journals"),
            Entry("recipients", "people", _("Recipients of the journal"), "publicrelations:recipients"),
            Entry("press_conferences", "press", _("Press conferences"), "publicrelations:press_conferences"),
            Entry("media", "person", _("The media"), "publicrelations:media"),
            Entry(
                "foreign_documents", "foreign", _("Foreign documents"), "publicrelations:foreign_documents"
            ),
            Entry("briefs", "brief", _("Situation briefs"), "publicrelations:briefs"),
            Entry("reports", "reports", _("Reports"), "reports:list", Readers.SUBGROUP),
        ],
        Subgroup.Code.PUBLIC_RELATIONS,
    ),
    Group(
        Subgroup.Code.COMPLAINTS.label,
        [
            Entry("intake", "intake", _("Register a petition"), "complaints:intake", Readers.SUBGROUP),
            Entry("petitions", "petitions", _("Petitions"), "complaints:petitions", Readers.EVERYBODY),
            Entry("related", "shield", _("Related matters"), "complaints:related_list"),
            Entry("hearings", "clock", _("Court dates"), "complaints:hearings"),
            Entry("visits", "person", _("Visits"), "complaints:visits", Readers.SUBGROUP),
            Entry("letters", "send", _("Letters out"), "complaints:letters"),
            Entry("reports", "reports", _("Reports"), "reports:list"),
            Entry("trends", "trends", _("Trends"), "reports:trends"),
            Entry("places", "map", _("Provinces and areas"), "reports:places"),
            Entry("recurring", "again", _("What keeps coming back"), "reports:recurring"),
        ],
        Subgroup.Code.COMPLAINTS,
    ),
    Group(
        _("The group's work"),
        [
            Entry("glance", "today", _("At a glance"), "projectplan:glance", Readers.EXECUTIVES),
            Entry("plan", "brief", _("Action plan"), "projectplan:plan", Readers.EVERYBODY),
            Entry("kpis", "kpis", _("Indicators"), "projectplan:dashboard", Readers.EVERYBODY),
            Entry("project", "bank", _("Project"), "projectplan:project", Readers.EVERYBODY),
            Entry("books", "journal", _("Books of the year"), "reports:books", Readers.EVERYBODY),
            Entry(
                "agreements",
                "check",
                _("Performance agreements"),
                "projectplan:agreements",
                Readers.STAFF,
            ),
            Entry("seminars", "people", _("Seminars"), "projectplan:seminars", Readers.STAFF),
            Entry("surveys", "check", _("Surveys"), "projectplan:surveys", Readers.STAFF),
            Entry("training", "person", _("Staff training"), "projectplan:training", Readers.STAFF),
            Entry("topics", "motion", _("Topics"), "projectplan:topics", Readers.EVERYBODY),
            Entry("documents_in", "intake", _("Documents in"), "office:documents_in", Readers.EVERYBODY),
            Entry("documents_out", "send", _("Documents out"), "office:documents_out", Readers.EVERYBODY),
            Entry("network", "people", _("Network"), "office:network", Readers.EVERYBODY),
            Entry("retention", "shield", _("Retention of data"), "retention:index", Readers.EVERYBODY),
            Entry("imports", "intake", _("Bring in registers"), "imports:hub", Readers.KEEPERS),
        ],
    ),
    Group(
        _("System"),
        [
            Entry(
                "system_state", "system", _("How it stands"), "administration:system", Readers.ADMINISTRATORS
            ),
            Entry("failed", "again", _("What failed"), "administration:failed", Readers.ADMINISTRATORS),
            Entry("clock", "clock", _("What runs by itself"), "administration:clock", Readers.ADMINISTRATORS),
            Entry("leaving", "person", _("Who leaves"), "administration:leavings", Readers.ADMINISTRATORS),
            Entry("system", "people", _("People and settings"), "admin:index", Readers.ADMINISTRATORS),
        ],
    ),
]


def menu_of(
    subgroup: str, roles: Collection[str], addresses: Mapping[str, str]
) -> list[tuple[Any, list[tuple[Entry, str]]]]:
    """Each heading of one person's menu with its entries and their addresses; what has none is not built in."""
    shown = []
    for group in GROUPS:
        readers = _readers(group, subgroup, roles)
        entries = [(one, addresses.get(one.section, "")) for one in group.entries if one.readers in readers]
        built_in = [(one, address) for one, address in entries if address]
        if built_in:
            shown.append((group.heading, built_in))
    return shown


def _readers(group: Group, subgroup: str, roles: Collection[str]) -> set[Readers]:
    """What somebody of a subgroup, with these roles, is to one group of entries."""
    is_own = bool(subgroup) and subgroup == group.subgroup
    readers = {Readers.EVERYBODY}
    if is_own:
        readers.add(Readers.SUBGROUP)
    if is_own or Role.EXECUTIVE in roles:
        readers.add(Readers.SUBGROUP_AND_EXECUTIVES)
    if Role.EXECUTIVE in roles:
        readers.add(Readers.EXECUTIVES)
    if Role.ADMINISTRATOR in roles:
        readers.add(Readers.ADMINISTRATORS)
    if {Role.OFFICER, Role.HEAD, Role.EXECUTIVE} & set(roles):
        readers.add(Readers.STAFF)
    if Role.HEAD in roles or Role.ADMINISTRATOR in roles:
        readers.add(Readers.KEEPERS)
    return readers


PAGES = {entry.section: entry.page for group in GROUPS for entry in group.entries}
"""The URL name of each section."""
