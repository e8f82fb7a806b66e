"""Which row an address of the project is about, and words for the other parts of its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final
from uuid import UUID

from django.db.models import Model
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

import complaints.models as complaints
import office.models as office
import parliament.models as parliament
import projectplan.models as projectplan
import publicrelations.models as publicrelations
from office.models import Matter, Secrecy, Subgroup, User

NO_KEY: Final = 9_000_000_000
KEY: Final = "pk"
COLLEAGUES: Final = ("officer", "politics", "news")
SHARED, NO_ROW = "shared", "no row"
SECRET: Final = "secret "
AGREEMENT: Final = "agreement of "
ADMINISTRATION: Final = "admin:"

# View name → the model of its first key. The first pattern that fits counts.
KEYS: Final[list[tuple[str, type[Model]]]] = [
    ("complaints:related*", complaints.RelatedMatter),
    ("complaints:visit*", complaints.Visit),
    ("complaints:letter_new", complaints.Petition),
    ("complaints:letter*", office.OutgoingLetter),
    ("complaints:*", complaints.Petition),
    ("reports:*", office.Report),
    ("parliament:binder_status", parliament.Meeting),
    ("parliament:binder*", parliament.Meeting),
    ("parliament:member_import*", parliament.MemberImport),
    ("parliament:member*", parliament.Member),
    ("parliament:committee*", parliament.Committee),
    ("parliament:seat*", parliament.Committee),
    ("parliament:session*", parliament.Session),
    ("parliament:recess*", parliament.Recess),
    ("parliament:party*", parliament.Party),
    ("parliament:body*", parliament.ConstitutionalBody),
    ("parliament:meeting*", parliament.Meeting),
    ("parliament:follow_up*", parliament.FollowUp),
    ("parliament:interpellation*", parliament.Interpellation),
    ("parliament:motion*", parliament.Motion),
    ("parliament:bill*", parliament.Bill),
    ("parliament:consultation*", parliament.Consultation),
    ("publicrelations:article*", publicrelations.Article),
    ("publicrelations:engagement_import*", publicrelations.EngagementImport),
    ("publicrelations:engagement*", publicrelations.Engagement),
    ("publicrelations:foreign_document*", publicrelations.ForeignDocument),
    ("publicrelations:brief*", publicrelations.SituationBrief),
    ("publicrelations:journal_edition*", publicrelations.JournalEdition),
    ("publicrelations:labels_*", publicrelations.LabelPrint),
    ("publicrelations:journal*", publicrelations.Journal),
    ("publicrelations:mailing*", publicrelations.Journal),
    ("publicrelations:labels", publicrelations.Journal),
    ("publicrelations:recipient_import*", publicrelations.RecipientImport),
    ("publicrelations:recipient*", publicrelations.Recipient),
    ("publicrelations:press*", publicrelations.PressConference),
    ("publicrelations:outlet*", publicrelations.MediaOutlet),
    ("publicrelations:reporter_new", publicrelations.MediaOutlet),
    ("publicrelations:reporter*", publicrelations.Reporter),
    ("projectplan:budget_entry", projectplan.BudgetEntry),
    ("projectplan:budget_decide", projectplan.BudgetEntry),
    ("projectplan:budget_reverse", projectplan.BudgetEntry),
    ("projectplan:budget_voucher", projectplan.BudgetEntry),
    ("projectplan:budget_file", projectplan.BudgetFile),
    ("projectplan:budget*", projectplan.Activity),
    ("projectplan:milestone_new", projectplan.Activity),
    ("projectplan:milestone_done", projectplan.Milestone),
    ("projectplan:work*", projectplan.Work),
    ("projectplan:kpi_evidence", projectplan.KpiEvidence),
    ("projectplan:seminar_file", projectplan.SeminarFile),
    ("projectplan:seminar*", projectplan.Seminar),
    ("projectplan:participants*", projectplan.Seminar),
    ("projectplan:participant_new", projectplan.Seminar),
    ("projectplan:participant*", projectplan.Participant),
    ("projectplan:survey*", projectplan.Survey),
    ("projectplan:training_edit", projectplan.Training),
    ("projectplan:training_evidence", projectplan.TrainingFile),
    ("projectplan:trained_person", User),
    ("projectplan:agreement*", projectplan.Agreement),
    ("projectplan:act", Matter),
    ("projectplan:today_take", Matter),
    ("projectplan:decide", Matter),
    ("projectplan:topic*", office.Topic),
    ("retention:hold", Matter),
    ("retention:lift", Matter),
    ("retention:request*", office.PersonRequest),
    ("retention:export*", office.PersonExport),
    ("retention:*", office.RetentionBatch),
    ("administration:leaving", office.Leaving),
    ("administration:leave", User),
    ("imports:*", office.RegisterImport),
    ("search:alike", Matter),
    ("search:*", office.SavedSearch),
    ("office:delete_view", office.SavedView),
    ("office:calendar*", office.OfficeDay),
    ("office:matter", Matter),
    ("office:link*", Matter),
    ("office:presence", Matter),
    ("office:document", office.Document),
    ("office:notice*", office.Notice),
    ("office:document_in_file", office.IncomingFile),
    ("office:document_in*", office.IncomingDocument),
    ("office:agency*", office.Agency),
    ("office:contact_new", office.Agency),
    ("office:contact*", office.Contact),
    ("office:correction*", office.ContactCorrection),
    ("office:network_import*", office.NetworkImport),
]

# What stands in an address beside its key: view → name of the part → value; `*` for all views.
WORDS: Final[dict[str, dict[str, Any]]] = {
    "complaints:related_new": {"kind": "report"},
    "petition:blank_form": {"kind": "complaint"},
    "reports:book*": {"kind": "group-annual"},
    "reports:*": {"kind": "complaints-monthly", "code": "2552-11"},
    "parliament:consultation_new": {"raiser": "member"},
    "projectplan:plan*": {"part": "strategy"},
    "projectplan:budget_enter": {"kind": "payment"},
    "projectplan:kpi*": {"code": "1", "month": "2552-11"},
    "projectplan:agreement_paper": {"which": "agreement"},
    "projectplan:agreement_act": {"name": "sign"},
    "projectplan:open_data_switch": {"code": "petitions"},
    "administration:clock*": {"name": "office.sweep"},
    "imports:*": {"register": "petitions"},
    "office:help_chapter": {"code": "petitions"},
    "open_data:*": {"code": "petitions", "form": "csv", "year": "2552"},
    "site:*": {"language": "th", "checksum": "0" * 64},
    "publicrelations:journal_edition_pdf": {"use": "web"},
    "*s_template": {"kind": "csv"},
    "site:picture": {"name": "card.jpg"},
    "*": {
        "name": "close", "number": 1, "other": NO_KEY, "into": NO_KEY, "seat": NO_KEY, "link_pk": NO_KEY,
        "matter_pk": NO_KEY, "year": 2569, "month": "2552-11", "code": "2552-11", "kind": "x", "slug": "x",
        "secret": "x" * 43, "issue": 1, "batch": UUID(int=1), "sheet": UUID(int=1), "pk": NO_KEY,
    },
}  # fmt: skip

# Rows that lie in a subgroup's room: the way to its code.
PLACED: Final[dict[type[Model], str]] = {
    office.Document: "matter__subgroup__code",
    office.IncomingDocument: "subgroup__code",
    office.OutgoingLetter: "matter__subgroup__code",
}
# Rows that belong to one person: the field that says to whom.
PERSONAL: Final[dict[type[Model], str]] = {
    office.SavedSearch: "user",
    office.SavedView: "user",
    office.Notice: "recipient",
}


@dataclass(frozen=True)
class Case:
    """An address of a view, and what the row behind it is to those who ask: which subgroup's, secret, whose own."""

    view: str
    address: str
    row: str


def named(*, is_administration: bool = False) -> set[tuple[str, frozenset[str]]]:
    """Every named view with the parts of its address: those of the administrators' site, or all others."""
    found = set(_named(get_resolver().url_patterns, "", frozenset()))
    return {one for one in found if one[0].startswith(ADMINISTRATION) is is_administration}


def _named(patterns: list[Any], space: str, caught: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for pattern in patterns:
        parts = caught | set(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _named(pattern.url_patterns, inner, parts)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield space + pattern.name, frozenset(parts)


def cases() -> Iterator[Case]:
    """Every address of the project, with each kind of row that stands behind it."""
    for view, parts in sorted(named(), key=lambda one: (one[0], sorted(one[1]))):
        for label, key in keys_of(view).items() if KEY in parts else [("", None)]:
            words = {**words_of(view, parts), **({KEY: key} if key else {})}
            yield Case(view, address_of(view, words), label)


def address_of(view: str, words: dict[str, Any]) -> str:
    """Django's own site names its parts by no name, and its applications by one of their own."""
    if view.startswith(ADMINISTRATION):
        words = {"app_label": "office"} if "app_label" in words else words
        for args in ([], [NO_KEY], [1, 1]):
            try:
                return reverse(view, args=args, kwargs=words if not args else None)
            except NoReverseMatch:
                continue
    return reverse(view, kwargs=words)


def words_of(view: str, parts: frozenset[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for pattern, words in WORDS.items():
        if fnmatchcase(view, pattern):
            found = {**words, **found}
    return {part: found.get(part, "x") for part in parts}


def model_of(view: str) -> type[Model] | None:
    return next((model for pattern, model in KEYS if fnmatchcase(view, pattern)), None)


def keys_of(view: str) -> dict[str, int]:
    """The newest row of each kind, by what it is to those who ask."""
    model = model_of(view)
    rows = model._default_manager.order_by("-pk") if model else None
    if model is None or rows is None:
        return {NO_ROW: NO_KEY}
    found: dict[str, Model | None] = {}
    if issubclass(model, Matter):
        others = rows.exclude(owner__username__in=COLLEAGUES).filter(secrecy__gt=Secrecy.ORDINARY)
        for code in Subgroup.Code.values:
            found[code] = rows.filter(subgroup__code=code, secrecy=Secrecy.ORDINARY).first()
            found[SECRET + code] = others.filter(subgroup__code=code).first()
    elif model in PLACED:
        for code in Subgroup.Code.values:
            found[code] = rows.filter(**{PLACED[model]: code}).first()
    elif model in PERSONAL:
        for name in ("officer", "politics", "executive"):
            found[f"of {name}"] = rows.filter(**{f"{PERSONAL[model]}__username": name}).first()
    elif model is projectplan.Agreement:
        for name in ("officer", "politics"):
            found[f"{AGREEMENT}{name}"] = rows.filter(person__username=name).first()
    else:
        found[SHARED] = rows.first()
    there = {label: row.pk for label, row in found.items() if row}
    return there or {NO_ROW: NO_KEY}
