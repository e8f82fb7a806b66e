"""A register as a page: which rows an address asks for, in which order, how many, and how to go on from there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import QueryDict

from office.list_export import MOST_ROWS, ListFile
from office.lists import COUNT_CAP, PAGE_ROWS, Order, capped_count, count_label, page_of
from office.models import Deadline, Matter, SavedView, User
from office.register_filter import RegisterFilter
from office.register_table import RegisterTable
from office.spreadsheets import Cell
from office.unread import unread_among

DUE = Order("due", tie="promise")
ORDERS = {"newest": Order("pk", descending=True), "oldest": Order("pk"), "due": DUE}


@dataclass(frozen=True, kw_only=True)
class Register:
    """One register as its page needs it; the row of the `table` says what its kind of matter is about."""

    model: type[Matter]
    filter: type[RegisterFilter]
    table: Callable[[Sequence[int], User], RegisterTable]
    """The table of these matters, in this order."""
    name: Any
    section: str
    """Which entry of the menu is lit."""
    page: str
    filter_page: str
    """URL names of the register and of its filter's form."""
    none_fits: Any
    none_yet: Any
    """What is said where nothing passes the filters, and where there is nothing at all."""
    template: str = "layouts/register.html"
    more: Callable[[User], dict[str, Any]] | None = None
    """What the template shows besides."""
    orders: Callable[[Any], Mapping[str, Order]] = lambda filterset: ORDERS
    """The orders of a list by the filter in force, "newest" among them; an index serves each."""
    is_costly_to_count: Callable[[QueryDict], bool] = lambda query: False
    """Whether an address asks something of every row; then the page says only whether there are more."""
    key_columns: Sequence[str] = ()
    """What some of the orders need of a row besides its key: choosing a page never reads whole rows."""

    def filtered(self, query: QueryDict, user: User) -> RegisterFilter:
        return self.filter(query, queryset=self.model.objects.visible_to(user), user=user)

    def keys(self, query: QueryDict, user: User, most: int) -> list[int]:
        """The first matters of the list that an address asks for, as its pages would show them one after the other."""
        filterset = self.filtered(query, user)
        order = _chosen(self.orders(filterset), query)
        rows = _by(order, filterset.found(by_due=order is DUE))
        return list(order.sorted(rows, backwards=False).values_list("pk", flat=True)[:most])

    def file(self, query: QueryDict, user: User) -> ListFile:
        """The list that an address asks for, to be taken along."""
        keys = self.keys(query, user, MOST_ROWS + 1)
        name = self.page.rpartition(":")[2].replace("_", "-")

        def rows(some: Sequence[int]) -> Iterable[Sequence[Cell]]:
            return self.table(some, user).file_rows()

        return ListFile(self.model, name, self.table([], user).file_head(), keys, rows)

    def context(self, address: QueryDict, user: User) -> dict[str, Any]:
        """What its page shows to one person: the open ones, unless the address asks for something."""
        query = address.copy()
        if not address:
            query["unclosed"] = "1"
        filterset = self.filtered(query, user)
        orders, rows = self.orders(filterset), filterset.found()
        order = _chosen(orders, query)
        count, cap = (None, PAGE_ROWS) if self.is_costly_to_count(query) else (capped_count(rows), COUNT_CAP)
        are_many = count is None or count > cap
        listed = filterset.found(are_many=are_many, by_due=are_many and order is DUE)
        page = page_of(
            self._only_keys(_by(order, listed), order),
            order,
            after=query.get("after", ""),
            upto=query.get("upto", ""),
        )
        if count is None:
            count = len(page.rows) + bool(page.next_cursor or page.back_cursor) * PAGE_ROWS
        keys = [row.pk for row in page.rows]
        return {
            "register": self,
            "section": self.section,
            "table": self._table(keys, user, is_own=bool(query.get("mine"))),
            "page": page,
            "next_link": link(query, after=page.next_cursor) if page.next_cursor else "",
            "back_link": link(query, upto=page.back_cursor) if page.back_cursor else "",
            "count": count_label(count, cap),
            "chips": chips(filterset, query),
            "query": link(query),
            "order": str(query.get("order", "newest")),
            "order_links": {name: link(query, order=name) for name in orders},
            "saved_views": SavedView.objects.filter(user=user, page=self.page),
            "page_name": self.page,
            "filter_errors": filterset.errors if not filterset.is_valid() else {},
            **(self.more(user) if self.more else {}),
        }

    def _table(self, keys: Sequence[int], user: User, *, is_own: bool) -> RegisterTable:
        """The table of a page; one's own matters are marked where others have moved them since this person looked."""
        table = self.table(keys, user)
        if is_own:
            table.unread = unread_among(keys, user, table.now)
        return table

    def _only_keys(self, rows: QuerySet[Any], order: Order) -> QuerySet[Any]:
        """Nothing besides the key and what this order goes by, so that its index answers alone."""
        return rows.only("pk", *(name for name in self.key_columns if name in order.columns))


def _chosen(orders: Mapping[str, Order], query: QueryDict) -> Order:
    return orders.get(str(query.get("order", "newest")), orders["newest"])


def _by(order: Order, rows: QuerySet[Any]) -> QuerySet[Any]:
    return nearest_due(rows) if order is DUE else rows


def nearest_due(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those that owe something, with their most urgent promise to order by; driven by its index."""
    # That it has a moment is said for the join's sake: an inner one, which the index of unmet promises may lead.
    unmet = Q(deadlines__met_at=None, deadlines__dropped_at=None, deadlines__due_at__isnull=False)
    nearer = Deadline.objects.unmet().filter(
        Q(due_at__lt=OuterRef("due")) | Q(due_at=OuterRef("due"), pk__lt=OuterRef("promise")),
        matter=OuterRef("pk"),
    )
    owing = rows.filter(unmet).annotate(due=F("deadlines__due_at"), promise=F("deadlines__pk"))
    return owing.filter(~Exists(nearer))


def link(query: QueryDict, **changes: str) -> str:
    """The same list from its start, with something changed."""
    changed = query.copy()
    for name in ("after", "upto", "file"):
        changed.pop(name, None)
    for name, value in changes.items():
        changed[name] = value
    return changed.urlencode()


def chips(filterset: RegisterFilter, query: Any) -> list[dict[str, str]]:
    """The filters in force as words, each with the address that takes it away."""
    found = []
    for name, field in filterset.form.fields.items():
        value = filterset.form.cleaned_data.get(name) if filterset.form.is_valid() else None
        if value in (None, ""):
            continue
        rest = query.copy()
        for gone in (name, "after", "upto"):
            rest.pop(gone, None)
        choices = getattr(field, "choices", None) if isinstance(value, str) else None
        words = dict(choices).get(value, value) if choices else value
        found.append({"name": str(field.label), "value": str(words), "without": rest.urlencode()})
    return found
