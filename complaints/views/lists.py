"""The register of petitions: filtered, ordered, page by page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from complaints.access import record_access
from complaints.filters import PetitionFilter, chips
from complaints.forms.bulk import TOGETHER_ROWS, bulk_steps
from complaints.models import Petition, Petitioner
from complaints.permissions import may_open_petitioner
from complaints.tables import PetitionTable
from complaints.worklist import rows_of
from office.http import StaffRequest
from office.lists import COUNT_CAP, PAGE_ROWS, Order, capped_count, count_label, page_of
from office.models import Deadline, Matter, SavedView, User
from office.models.calendar import current_calendar

DUE = Order("due", tie="promise")


def orders_of(filterset: PetitionFilter) -> dict[str, Order]:
    """The orders of a list, by the columns that an index of its filter serves: the key; over several months the
    month of receipt and the key within it."""
    several = filterset.data.get("fiscal_year") or filterset.data.get("months")
    over_months = several and filterset.owned is None
    column = "month" if over_months else "pk"
    return {"newest": Order(column, tie="pk", descending=True), "oldest": Order(column, tie="pk"), "due": DUE}


PAGE_NAME = "complaints:petitions"
THAI_ID_ROWS = 50  # more petitions than any one citizen has filed


def nearest_due(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Those that owe something, with their most urgent promise to order by; driven by its index."""
    # That it has a moment is said for the join's sake: an inner one, which the index of unmet promises may lead.
    unmet = Q(deadlines__met_at=None, deadlines__dropped_at=None, deadlines__due_at__isnull=False)
    nearer = Deadline.objects.unmet().filter(
        Q(due_at__lt=OuterRef("due")) | Q(due_at=OuterRef("due"), pk__lt=OuterRef("promise")),
        matter=OuterRef("pk"),
    )
    owing = rows.filter(unmet).annotate(due=F("deadlines__due_at"), promise=F("deadlines__pk"))
    return owing.filter(~Exists(nearer))


def is_costly_to_count(query: QueryDict) -> bool:
    """Whether each row would have to be asked for its deadlines; then the page says only whether there are more."""
    return bool(query.get("opinion") or query.get("late"))


def only_keys(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Nothing but what the order needs: choosing a page never reads whole rows."""
    columns = ["pk", "month"] if rows.model is Petition else ["pk"]
    return rows.only(*columns)


def _link(query: QueryDict, **changes: str) -> str:
    changed = query.copy()
    for name in ("after", "upto"):
        changed.pop(name, None)
    for name, value in changes.items():
        changed[name] = value
    return changed.urlencode()


def keys_of(query: QueryDict, user: User, most: int) -> list[int]:
    """The first petitions of the list that an address asks for, as its pages would show them one after the other."""
    filterset = PetitionFilter(query, queryset=Petition.objects.visible_to(user), user=user)
    rows, orders, name = filterset.found(), orders_of(filterset), str(query.get("order", "newest"))
    order = orders.get(name, orders["newest"])
    rows = nearest_due(rows) if order is DUE else rows
    return list(order.sorted(rows, backwards=False).values_list("pk", flat=True)[:most])


def petitions(request: StaffRequest) -> HttpResponse:
    """The register: what a person may see of it, open ones first asked for unless the address says otherwise."""
    query = request.GET.copy()
    if not request.GET:
        query["unclosed"] = "1"
    filterset = PetitionFilter(query, queryset=Petition.objects.visible_to(request.user), user=request.user)
    order_name = str(query.get("order", "newest"))
    rows = filterset.found()
    orders = orders_of(filterset)
    order = orders.get(order_name, orders["newest"])
    count, cap = (None, PAGE_ROWS) if is_costly_to_count(query) else (capped_count(rows), COUNT_CAP)
    if order_name == "due":
        rows = nearest_due(rows)
    page = page_of(only_keys(rows), order, after=query.get("after", ""), upto=query.get("upto", ""))
    if count is None:
        count = len(page.rows) + bool(page.next_cursor or page.back_cursor) * PAGE_ROWS
    acts = bulk_steps(request.user)
    context = {
        "section": "petitions",
        "table": PetitionTable(
            rows_of([row.pk for row in page.rows]), calendar=current_calendar(), pickable=bool(acts)
        ),
        "page": page,
        "bulk_acts": acts,
        "bulk_most": TOGETHER_ROWS,
        "next_link": _link(query, after=page.next_cursor) if page.next_cursor else "",
        "back_link": _link(query, upto=page.back_cursor) if page.back_cursor else "",
        "count": count_label(count, cap),
        "chips": chips(filterset, query),
        "query": _link(query),
        "order": order_name,
        "order_links": {name: _link(query, order=name) for name in orders},
        "saved_views": SavedView.objects.filter(user=request.user, page=PAGE_NAME),
        "page_name": PAGE_NAME,
        "filter_errors": filterset.errors if not filterset.is_valid() else {},
    }
    return render(request, "complaints/petitions.html", context)


@require_POST
def by_thai_id(request: StaffRequest) -> HttpResponse:
    """The petitions of one citizen, by the whole identity number only; each one found is a look, and is logged.

    The number comes by POST and stands in no address, title or log line.
    """
    if not may_open_petitioner.test(request.user):
        raise PermissionDenied(gettext("The petitioner's data is open to those who handle the matter."))
    petitioners = Petitioner.with_thai_id(request.POST.get("thai_id", ""))
    visible = Petition.objects.visible_to(request.user).filter(petitioner__in=petitioners).order_by("-pk")
    petitions = list(visible.only("series", "year", "number")[:THAI_ID_ROWS])
    for petition in petitions:
        record_access(request.user, petition)
    found = rows_of([petition.pk for petition in petitions])
    context = {
        "section": "petitions",
        "table": PetitionTable(found, calendar=current_calendar()),
        "found": found,
    }
    return render(request, "complaints/by_thai_id.html", context)


def petition_filter(request: StaffRequest) -> HttpResponse:
    """The filter's form, opened inside the list or as a page of its own; the list is where it goes."""
    filterset = PetitionFilter(
        request.GET or None, queryset=Petition.objects.none(), user=request.user, drawn=True
    )
    context: dict[str, Any] = {
        "section": "petitions",
        "filter": filterset,
        "order": request.GET.get("order", ""),
    }
    partial = bool(request.htmx)
    return render(request, "complaints/filter_form.html" if partial else "complaints/filter.html", context)
