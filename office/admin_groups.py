"""How the first page of the administrators' site groups what it lists: by what one comes for. Plain names, so that the
shared ground need not know the rooms above it; what is named nowhere stands last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Group:
    """What is looked after together: its heading, what for, its models by app and name."""

    heading: Any
    about: Any
    models: Sequence[str]
    rows: list[dict[str, Any]] = field(default_factory=list)


GROUPS: Final = [
    Group(
        _("People and access"),
        _("Who works here, as what, and which other systems read along. Nobody is deleted: who leaves hands over."),
        ["office.user", "office.subgroup", "office.position", "projectplan.membership", "office.apitoken"],
    ),
    Group(
        _("Time and numbers"),
        _(
            "Days off, how long the office gives itself, and the counters of the registers. "
            "Deadlines already given stay."
        ),
        ["office.officeday", "office.calendaredition", "office.deadlinerule", "office.numberseries"],
    ),
    Group(
        _("Petitions and letters"),
        _("Categories with their history, who gets what on arrival, the templates of letters."),
        [
            "complaints.category", "complaints.categorychange", "complaints.routingrule", "office.lettertemplate",
        ],
    ),
    Group(
        _("Agencies and places"),
        _("Whom the office works with, and where matters come from. What is no more is switched off."),
        ["office.agency", "office.contact", "office.province", "office.educationarea"],
    ),
    Group(
        _("Parliament"),
        _("Sessions, members, parties and committees."),
        [
            "parliament.session", "parliament.recess", "parliament.party", "parliament.member",
            "parliament.committee", "parliament.constitutionalbody",
        ],
    ),
    Group(
        _("Public relations"),
        _("Categories and tags of the news, the media and their reporters, who gets the journal."),
        [
            "publicrelations.category", "publicrelations.tag", "publicrelations.mediaoutlet",
            "publicrelations.reporter", "publicrelations.recipientgroup",
        ],
    ),
    Group(
        _("Plan, indicators and project"),
        _("The words of the plan may be corrected; figures, money and agreements are only read."),
        [
            "projectplan.plan", "projectplan.frameitem", "projectplan.swot", "projectplan.strategy",
            "projectplan.programme", "projectplan.work", "projectplan.kpi", "projectplan.planedition",
            "projectplan.kpientry", "projectplan.frozenvalue", "projectplan.project", "projectplan.activity",
            "projectplan.milestone", "projectplan.budgetentry", "projectplan.agreement", "projectplan.training",
            "projectplan.seminar", "projectplan.survey",
        ],
    ),
    Group(_("Trail"), _("Who changed what, and who opened personal data. Only read."), ["auditlog.logentry"]),
]  # fmt: skip
OTHERS: Final = Group(_("Further"), "", [])


def grouped(app_list: Sequence[Any]) -> list[Group]:
    """What a person may see, by groups; empty ones are left out and nothing is lost."""
    rows = {
        f"{app['app_label']}.{row['object_name'].lower()}": row for app in app_list for row in app["models"]
    }
    found = []
    for group in GROUPS:
        here = [rows.pop(name) for name in group.models if name in rows]
        if here:
            found.append(Group(group.heading, group.about, group.models, here))
    if rows:
        found.append(Group(OTHERS.heading, OTHERS.about, [], list(rows.values())))
    return found
