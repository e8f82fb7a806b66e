"""The coordination network: its list, its tree, an agency with its people and what was changed of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from office.http import StaffRequest
from office.list_bringing import xlsx_file
from office.list_export import write_down
from office.lists import COUNT_CAP, ByName, capped_count, count_label, page_of
from office.models import Agency, Contact, ContactCorrection
from office.models.contact import CONFIRMED_FOR
from office.network import in_tree_order
from office.network_access import keeps_network, merges_network
from office.network_columns import COLUMNS, export_rows
from office.network_confirming import waiting
from office.network_doubles import agencies_alike, contacts_alike
from office.network_forms import NetworkFilterForm
from office.registers import link
from office.spreadsheets import Cell

SECTION: Final = "network"
BY_NAME: Final = ByName("sort_name")
HISTORY_SHOWN: Final = 12


def network(request: StaffRequest) -> HttpResponse:
    """The agencies, 25 a page, each with how many people are known there and how many of them nobody confirmed."""
    query, now, today = request.GET.copy(), timezone.now(), timezone.localdate()
    form = NetworkFilterForm(query)
    rows = form.rows(now, today)
    page = page_of(
        rows.select_related("parent"), BY_NAME, after=query.get("after", ""), upto=query.get("upto", "")
    )
    counts = _people_of([one.pk for one in page.rows], now, today)
    context = {
        "section": SECTION,
        "form": form,
        "page": page,
        "rows": [(one, *counts.get(one.pk, (0, 0))) for one in page.rows],
        "count": count_label(capped_count(rows), COUNT_CAP),
        "next_link": link(query, after=page.next_cursor) if page.next_cursor else "",
        "back_link": link(query, upto=page.back_cursor) if page.back_cursor else "",
        "query": link(query),
        "is_narrowed": any(query.get(name) for name in form.fields),
        "waiting": waiting(),
        "may_keep": keeps_network.test(request.user),
        "may_merge": merges_network.test(request.user),
    }
    status = 200 if form.is_valid() else 422
    return render(request, "office/network/list.html", context, status=status)


def _people_of(keys: list[int], now: datetime, today: date) -> dict[int, tuple[int, int]]:
    """How many have a post at each agency, and how many of their entries nobody confirmed for a year."""
    old = Q(confirmed_at__isnull=True) | Q(confirmed_at__lt=now - CONFIRMED_FOR)
    rows = Contact.objects.on(today).filter(agency__in=keys).order_by()
    counted = rows.values("agency").annotate(people=Count("pk"), old=Count("pk", filter=old))
    return {row["agency"]: (row["people"], row["old"]) for row in counted}


def tree(request: StaffRequest) -> HttpResponse:
    """Who belongs to whom, kind by kind; closed where there are many."""
    agencies = list(Agency.objects.in_use().order_by("rank", "sort_name", "pk"))
    kinds = []
    for kind in Agency.Kind:
        own = [one for one in agencies if one.kind == kind]
        if own:
            lines = [(one, min(depth, MOST_DEPTH)) for one, depth in in_tree_order(own)]
            kinds.append((kind.label, lines, len(own) <= OPEN_UP_TO))
    context = {"section": SECTION, "kinds": kinds, "may_keep": keeps_network.test(request.user)}
    return render(request, "office/network/tree.html", context)


MOST_DEPTH: Final = 3
OPEN_UP_TO: Final = 40


def agency(request: StaffRequest, pk: int) -> HttpResponse:
    """One agency: what it belongs to, its people now and before, what was changed. A double leads to what stayed."""
    rows = Agency.objects.select_related("merged_into", "parent", "area")
    found = get_object_or_404(rows, pk=pk)
    if found.merged_into_id:
        return redirect("office:agency", found.merged_into_id)
    now, today = timezone.now(), timezone.localdate()
    may_keep, may_merge = keeps_network.test(request.user), merges_network.test(request.user)
    people = list(found.contacts.filter(merged_into=None).select_related("confirmed_by", "agency"))
    corrected = ContactCorrection.objects.filter(contact__agency=found, decided_at=None)
    related = Agency.objects.filter(Q(parent=found) | Q(merged_into=found)).order_by("rank", "sort_name")
    context = {
        "section": SECTION,
        "agency": found,
        "people": [(one, one.is_unconfirmed(now)) for one in people if one.is_in_post(today)],
        "left": [one for one in people if not one.is_in_post(today)],
        "parts": [one for one in related if one.merged_into_id is None and one.is_active],
        "doubles": [one for one in related if one.merged_into_id],
        "corrections": corrected.count() if may_keep else 0,
        "alike": agencies_alike(found) if may_merge else [],
        "people_alike": contacts_alike(today, of=found) if may_merge else [],
        "history": _history(found, people),
        "today": today,
        "may_keep": may_keep,
        "may_merge": may_merge,
    }
    return render(request, "office/network/agency.html", context)


def export(request: StaffRequest) -> HttpResponse:
    """The contacts of the agencies that the list would show, as a workbook that can be mended and imported again."""
    now, today = timezone.now(), timezone.localdate()
    rows = NetworkFilterForm(QueryDict(request.GET.urlencode())).rows(now, today)
    people = Contact.objects.on(today).filter(agency__in=rows).select_related("agency__parent")
    write_down(request.user, Contact, people.count())
    head: list[Cell] = [column.heading for column in COLUMNS]
    ordered = people.order_by("agency__kind", "agency__rank", "agency__sort_name", "sort_name", "pk")
    return xlsx_file([head, *export_rows(ordered)], "เครือข่าย", "network")


# ── What was changed ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Changed:
    """One line of the history: when, by whom, of whom, and each field before and after."""

    at: datetime
    who: str
    row: str
    is_new: bool
    fields: list[tuple[str, str, str]]


def _history(found: Agency, people: list[Contact]) -> list[Changed]:
    """The latest changes of the agency and its people, from the log. One query, besides the kinds of rows."""
    kinds = ContentType.objects.get_for_models(Agency, Contact)
    own = Q(content_type=kinds[Agency], object_id=found.pk) | Q(
        content_type=kinds[Contact], object_id__in=[one.pk for one in people]
    )
    entries = LogEntry.objects.filter(own).select_related("actor").order_by("-timestamp", "-pk")
    models: dict[int, Any] = {kind.pk: model for model, kind in kinds.items()}
    return [
        Changed(
            at=entry.timestamp,
            who=entry.actor.short_name if entry.actor else "",
            row=entry.object_repr if models[entry.content_type_id] is Contact else "",
            is_new=entry.action == LogEntry.Action.CREATE,
            fields=[]
            if entry.action == LogEntry.Action.CREATE
            else _fields(models[entry.content_type_id], entry),
        )
        for entry in entries[:HISTORY_SHOWN]
    ]


def _fields(model: Any, entry: LogEntry) -> list[tuple[str, str, str]]:
    names = {
        field.name: str(getattr(field, "verbose_name", field.name)) for field in model._meta.get_fields()
    }
    said = {"doubles": _("Made one with"), **auditlog.get_model_fields(model)["mapping_fields"]}
    shown = []
    for name, change in entry.changes_dict.items():
        if isinstance(change, list):
            before, after = ("" if value in (None, "None") else str(value) for value in change)
            words = str(said.get(name) or names.get(name, name))
            shown.append((words, before, after))
    return shown
