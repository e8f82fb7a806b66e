"""The register of engagements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from office.lists import Order
from office.models import User
from office.models.calendar import current_calendar
from office.registers import DUE, Register
from publicrelations.engagement_filters import EngagementFilter
from publicrelations.engagement_tables import EngagementTable
from publicrelations.engagement_worklist import rows_of
from publicrelations.models import Engagement
from publicrelations.permissions import may_register


def _table(keys: Sequence[int], user: User) -> EngagementTable:
    return EngagementTable(rows_of(keys), calendar=current_calendar())


def _registering(user: User) -> dict[str, Any]:
    return {"may_register": may_register.test(user)}


def _orders(filterset: EngagementFilter) -> dict[str, Order]:
    """Of a month or year by the moment they begin, whose index leads to them: by the key an old one would lie at the
    end of a walk through all that came after it."""
    column = "starts_at" if filterset.data.get("month") or filterset.data.get("fiscal_year") else "pk"
    return {"newest": Order(column, tie="pk", descending=True), "oldest": Order(column, tie="pk"), "due": DUE}


ENGAGEMENT_REGISTER = Register(
    model=Engagement,
    filter=EngagementFilter,
    table=_table,
    name=_("Minister's agenda"),
    section="engagements",
    page="publicrelations:engagements",
    filter_page="publicrelations:engagement_filter",
    none_fits=_("No engagement fits these filters. Take one away, or show all."),
    none_yet=_(
        "The minister's engagements stand here: when and where, who goes along, and whether news is out."
    ),
    template="publicrelations/engagements.html",
    more=_registering,
    orders=_orders,
    key_columns=["starts_at"],
    is_costly_to_count=lambda query: bool(
        query.get("promise") or query.get("late") or query.get("public") or query.get("agency")
    ),
)
