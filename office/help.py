"""The guide as plain data: its chapters, where each page's "?" leads, which page each picture shows. The texts stand in
templates/help/th and templates/help/en, one file for each chapter."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from office.models import Role, Subgroup


@dataclass(frozen=True)
class Chapter:
    """One part of the guide: for whom it is, and how it is found in an address."""

    code: str
    title: Any
    words: Any


CHAPTERS: Final = [
    Chapter(
        "begin", _("Getting started"), _("For everybody: the way in, the parts of a page, searching, lists.")
    ),
    Chapter(
        "petitions",
        _("Petitions and related matters"),
        _("For officers of petitions: from receipt and opinion to the petitioner's answer."),
    ),
    Chapter(
        "politics",
        _("Parliament's business"),
        _("For officers of politics: meetings, interpellations, bills and consultations."),
    ),
    Chapter(
        "publicrelations",
        _("Public relations"),
        _("For officers of public relations: agenda, news, journal, press and foreign documents."),
    ),
    Chapter(
        "head",
        _("For section heads"),
        _("Handing out work, checking, what is late, figures and reports."),
    ),
    Chapter("executive", _("For executives"), _("Orders on a phone, and the office at a glance.")),
    Chapter(
        "administrator",
        _("For administrators"),
        _("People, rules of time, holidays, registers brought in, and who did what."),
    ),
    Chapter(
        "group",
        _("The group's work"),
        _("For everybody: plan, indicators, project, books, agreements and the network."),
    ),
]
CITIZEN: Final = Chapter(
    "citizen", _("Filing and following a petition"), _("For citizens and agencies, without an account.")
)
TITLES: Final = {chapter.code: chapter.title for chapter in [*CHAPTERS, CITIZEN]}

# The beginning of a page's name and the place that tells of it; the longest beginning counts.
PLACES: Final = {
    "": "begin",
    "account_": "begin#sign-in",
    "mfa_": "begin#sign-in",
    "usersessions_": "begin#sign-in",
    "admin:": "administrator",
    "imports:": "administrator#registers",
    "api:": "administrator#tokens",
    "projectplan:today": "begin#today",
    "office:search": "begin#search",
    "office:notices": "begin#notices",
    "office:personal": "begin#notices",
    "office:feed": "begin#notices",
    "office:calendar": "begin#calendar",
    "office:matter": "begin#matter",
    "office:network": "group#network",
    "office:document_in": "group#documents",
    "office:documents_": "group#documents",
    "projectplan:topic": "group#topics",
    "office:link": "group#topics",
    "retention:": "group#retention",
    "administration:": "administrator#system",
    "administration:leav": "administrator#leaving",
    "search:": "begin#search",
    "office:agency": "group#network",
    "office:contact": "group#network",
    "office:doubles": "group#network",
    "office:ask": "group#network",
    "office:correction": "group#network",
    "projectplan:diary": "begin#calendar",
    "complaints:": "petitions",
    "complaints:intake": "petitions#intake",
    "complaints:receipt": "petitions#intake",
    "complaints:petition": "petitions#opinion",
    "complaints:petitions": "begin#lists",
    "complaints:bulk": "begin#lists",
    "complaints:petitioner": "petitions#petitioner",
    "complaints:join": "petitions#doubles",
    "complaints:link": "petitions#doubles",
    "complaints:split": "petitions#doubles",
    "complaints:doubles": "petitions#doubles",
    "complaints:step": "petitions#opinion",
    "complaints:related": "petitions#related",
    "complaints:hearings": "petitions#related",
    "complaints:visit": "petitions#visits",
    "complaints:letter": "petitions#letters",
    "complaints:mail_day": "petitions#letters",
    "parliament:": "politics",
    "parliament:meeting": "politics#meetings",
    "parliament:follow_up": "politics#meetings",
    "parliament:binder": "politics#binder",
    "parliament:interpellation": "politics#questions",
    "parliament:motion": "politics#questions",
    "parliament:bill": "politics#bills",
    "parliament:consultation": "politics#consultations",
    "parliament:member": "politics#people",
    "parliament:committee": "politics#people",
    "parliament:session": "politics#people",
    "parliament:recess": "politics#people",
    "parliament:bod": "politics#people",
    "parliament:party": "politics#people",
    "parliament:seat": "politics#people",
    "publicrelations:": "publicrelations",
    "publicrelations:engagement": "publicrelations#engagements",
    "publicrelations:article": "publicrelations#articles",
    "publicrelations:newsroom": "publicrelations#articles",
    "publicrelations:journal": "publicrelations#journals",
    "publicrelations:mailing": "publicrelations#journals",
    "publicrelations:label": "publicrelations#journals",
    "publicrelations:recipient": "publicrelations#journals",
    "publicrelations:press": "publicrelations#press",
    "publicrelations:media": "publicrelations#press",
    "publicrelations:outlet": "publicrelations#press",
    "publicrelations:reporter": "publicrelations#press",
    "publicrelations:foreign": "publicrelations#foreign",
    "publicrelations:brief": "publicrelations#briefs",
    "reports:": "group#reports",
    "projectplan:": "group",
    "projectplan:plan": "group#plan",
    "projectplan:dashboard": "group#kpis",
    "projectplan:kpi": "group#kpis",
    "projectplan:strategies": "group#kpis",
    "projectplan:work": "group#kpis",
    "projectplan:workload": "head#workload",
    "projectplan:promises": "head#workload",
    "projectplan:glance": "executive#glance",
    "projectplan:project": "group#project",
    "projectplan:budget": "group#project",
    "projectplan:milestone": "group#project",
    "projectplan:agreement": "group#agreements",
    "projectplan:my_agreement": "group#agreements",
    "projectplan:seminar": "group#seminars",
    "projectplan:participant": "group#seminars",
    "projectplan:survey": "group#seminars",
    "projectplan:training": "group#seminars",
    "projectplan:trained": "group#seminars",
    "petition:": "citizen",
    "petition:follow": "citizen#follow",
    "petition:receipt": "citizen#follow",
    "petition:answer": "citizen#follow",
    "petition:blank": "citizen#blank",
    "site:": "citizen#news",
    "agency:": "citizen#agency",
    "parliament_links:": "citizen#agency",
    "publicrelations_links:": "citizen#agency",
    "contact:": "citizen#agency",
}
# To some roles a page is for something else.
_BY_ROLE: Final = {
    (Role.EXECUTIVE, "projectplan:today"): "executive#today",
    (Role.HEAD, "projectplan:today"): "head#today",
    (Role.EXECUTIVE, "complaints:petition"): "executive#order",
    (Role.EXECUTIVE, "complaints:step"): "executive#order",
    (Role.HEAD, "complaints:petition"): "head#check",
    (Role.HEAD, "complaints:step"): "head#check",
}

PICTURES: Final = {
    "begin-today": "projectplan:today",
    "begin-search": "search:results",
    "begin-matter": "complaints:petition",
    "begin-list": "complaints:petitions",
    "begin-diary": "projectplan:diary",
    "petitions-intake": "complaints:intake",
    "petitions-opinion": "complaints:step",
    "petitions-refer": "complaints:petition",
    "petitions-related": "complaints:related_list",
    "politics-meeting": "parliament:meeting",
    "politics-question": "parliament:interpellation",
    "politics-consultation": "parliament:consultation",
    "news-agenda": "publicrelations:engagement_calendar",
    "news-article": "publicrelations:article",
    "news-press": "publicrelations:press_conference",
    "head-check": "complaints:petition",
    "head-workload": "projectplan:workload",
    "executive-today": "projectplan:today",
    "executive-order": "complaints:step",
    "administrator-system": "admin:index",
    "group-kpis": "projectplan:dashboard",
    "group-project": "projectplan:project",
    "citizen-form": "petition:new",
    "citizen-follow": "petition:follow",
}
"""Each picture of static/help and the page it shows; tests/browser/test_help_pictures.py takes them anew."""


def place_of(page: str, roles: Collection[str] = ()) -> str:
    """`petitions#letters`: the place of the guide that tells of a page, by the name of its address."""
    for (role, name), place in _BY_ROLE.items():
        if name == page and role in roles:
            return place
    beginnings = (page[:length] for length in range(len(page), -1, -1))
    return next(PLACES[beginning] for beginning in beginnings if beginning in PLACES)


def own_chapters(roles: Collection[str], subgroup: str) -> set[str]:
    """The chapters that are first of all for somebody of a subgroup with these roles."""
    own = {role.value for role in (Role.HEAD, Role.EXECUTIVE, Role.ADMINISTRATOR) if role in roles}
    if Role.OFFICER in roles and subgroup:
        own.add("petitions" if subgroup == Subgroup.Code.COMPLAINTS else subgroup)
    return own
