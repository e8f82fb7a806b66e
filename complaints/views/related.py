"""The register of related matters, who has to be in court in the coming days, and registering a new one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.filters import chips
from complaints.forms.related import RelatedIntakeForm
from complaints.models import RelatedMatter
from complaints.permissions import may_register
from complaints.related_filters import RelatedFilter
from complaints.related_registration import register
from complaints.related_tables import RelatedTable
from complaints.related_worklist import open_hearings, rows_of
from complaints.views.lists import DUE, nearest_due
from office.http import StaffRequest
from office.lists import COUNT_CAP, Order, capped_count, count_label, page_of
from office.models import SavedView
from office.models.calendar import current_calendar

PAGE_NAME = "complaints:related_list"
ORDERS = {"newest": Order("pk", descending=True), "oldest": Order("pk"), "due": DUE}
HEARING_DAYS = 30
HEARING_ROWS = 200


def related_list(request: StaffRequest) -> HttpResponse:
    """The register: what a person may see of it, the open ones unless the address says otherwise."""
    query = request.GET.copy()
    if not request.GET:
        query["unclosed"] = "1"
    filterset = RelatedFilter(
        query, queryset=RelatedMatter.objects.visible_to(request.user), user=request.user
    )
    rows: QuerySet[Any] = filterset.found()
    order_name = str(query.get("order", "newest"))
    order = ORDERS.get(order_name, ORDERS["newest"])
    count = capped_count(rows)
    if order is DUE:
        rows = nearest_due(rows)
    page = page_of(rows.only("pk"), order, after=query.get("after", ""), upto=query.get("upto", ""))
    context = {
        "section": "related",
        "table": RelatedTable(rows_of([row.pk for row in page.rows]), calendar=current_calendar()),
        "page": page,
        "next_link": _link(query, after=page.next_cursor) if page.next_cursor else "",
        "back_link": _link(query, upto=page.back_cursor) if page.back_cursor else "",
        "count": count_label(count, COUNT_CAP),
        "chips": chips(filterset, query),
        "query": _link(query),
        "order": order_name,
        "order_links": {name: _link(query, order=name) for name in ORDERS},
        "saved_views": SavedView.objects.filter(user=request.user, page=PAGE_NAME),
        "page_name": PAGE_NAME,
        "filter_errors": filterset.errors if not filterset.is_valid() else {},
        "kinds": RelatedMatter.RelatedKind.choices,
        "may_register": may_register.test(request.user),
    }
    return render(request, "complaints/related_list.html", context)


def _link(query: QueryDict, **changes: str) -> str:
    changed = query.copy()
    for name in ("after", "upto"):
        changed.pop(name, None)
    for name, value in changes.items():
        changed[name] = value
    return changed.urlencode()


def related_filter(request: StaffRequest) -> HttpResponse:
    """The filter's form, opened inside the list or as a page of its own; the list is where it goes."""
    filterset = RelatedFilter(request.GET or None, queryset=RelatedMatter.objects.none(), user=request.user)
    context: dict[str, Any] = {
        "section": "related",
        "filter": filterset,
        "order": request.GET.get("order", ""),
    }
    name = "complaints/related_filter_form.html" if request.htmx else "complaints/related_filter.html"
    return render(request, name, context)


def hearings(request: StaffRequest) -> HttpResponse:
    """Who has to be in court in the next 30 days, and which outcomes nobody has recorded yet."""
    now = timezone.now()
    visible = RelatedMatter.objects.visible_to(request.user).select_related("owner")
    rows = list(
        open_hearings()
        .filter(at__lt=now + timedelta(days=HEARING_DAYS), related_matter__in=visible.values("pk"))
        .select_related("deadline")
        .prefetch_related(Prefetch("related_matter", queryset=visible.defer("search_text", "story")))
        .order_by("at", "pk")[:HEARING_ROWS]
    )
    context = {
        "section": "hearings",
        "past": [one for one in rows if one.at < now],
        "coming": [one for one in rows if one.at >= now],
        "moment": now,
        "calendar": current_calendar(),
    }
    return render(request, "complaints/hearings.html", context)


def new(request: StaffRequest, kind: str) -> HttpResponse:
    """Register a matter of one kind; a valid form leads to the matter's page."""
    if kind not in RelatedMatter.RelatedKind.values:
        raise Http404
    if not may_register.test(request.user):
        raise PermissionDenied(
            _("Matters are registered by the officers of the petitions subgroup. Hand it to one of them.")
        )
    now = timezone.now()
    if request.method != "POST":
        form = RelatedIntakeForm(kind=kind, user=request.user, now=now)
        return _form_page(request, form)
    form = RelatedIntakeForm(request.POST, request.FILES, kind=kind, user=request.user, now=now)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    matter = register(form, user=request.user, now=now)
    messages.success(request, _("Registered as %(number)s.") % {"number": matter.label})
    return redirect(matter)


def _form_page(request: StaffRequest, form: RelatedIntakeForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "kind": form.kind,
        "kind_name": RelatedMatter.RelatedKind(form.kind).label,
        "kinds": RelatedMatter.RelatedKind.choices,
        "section": "related_new",
    }
    return render(request, "complaints/related_intake.html", context, status=status)
