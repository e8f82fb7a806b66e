"""What the registers of petitions and of related matters differ in; everything else about them is the office's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from complaints import related_worklist, worklist
from complaints.filters import PetitionFilter
from complaints.forms.bulk import TOGETHER_ROWS, bulk_steps
from complaints.models import Petition, RelatedMatter
from complaints.permissions import may_register
from complaints.related_filters import RelatedFilter
from complaints.related_tables import RelatedTable
from complaints.tables import PetitionTable
from office.lists import Order
from office.models import User
from office.models.calendar import current_calendar
from office.registers import DUE, Register

# ── Petitions ───────────────────────────────────────────────────────────────────────────────


def orders_of(filterset: PetitionFilter) -> dict[str, Order]:
    """The orders of a list, by the columns that an index of its filter serves: the key; over several months the
    month of receipt and the key within it."""
    several = filterset.data.get("fiscal_year") or filterset.data.get("months")
    over_months = several and filterset.owned is None
    column = "month" if over_months else "pk"
    return {"newest": Order(column, tie="pk", descending=True), "oldest": Order(column, tie="pk"), "due": DUE}


def is_costly_to_count(query: QueryDict) -> bool:
    """Whether each row would have to be asked for its deadlines."""
    return bool(query.get("opinion") or query.get("late"))


def _petition_table(keys: Sequence[int], user: User) -> PetitionTable:
    return PetitionTable(worklist.rows_of(keys), calendar=current_calendar(), pickable=bool(bulk_steps(user)))


def _acts(user: User) -> dict[str, Any]:
    """What is done with many petitions at once, and whether the person registers any."""
    bulk = {"bulk_acts": bulk_steps(user), "bulk_most": TOGETHER_ROWS}
    return {**bulk, "may_register": may_register.test(user)}


PETITION_REGISTER = Register(
    model=Petition,
    filter=PetitionFilter,
    table=_petition_table,
    name=_("Petitions"),
    section="petitions",
    page="complaints:petitions",
    filter_page="complaints:petition_filter",
    none_fits=_("No petition fits these filters. Take one away, or show all."),
    none_yet=_("Petitions stand here as soon as the first one is registered or comes in by the website."),
    template="complaints/petitions.html",
    more=_acts,
    orders=orders_of,
    is_costly_to_count=is_costly_to_count,
    key_columns=["month"],
)


# ── Related matters ─────────────────────────────────────────────────────────────────────────


def _related_table(keys: Sequence[int], user: User) -> RelatedTable:
    return RelatedTable(related_worklist.rows_of(keys), calendar=current_calendar())


def _registering(user: User) -> dict[str, Any]:
    return {"kinds": RelatedMatter.RelatedKind.choices, "may_register": may_register.test(user)}


RELATED_REGISTER = Register(
    model=RelatedMatter,
    filter=RelatedFilter,
    table=_related_table,
    name=_("Related matters"),
    section="related",
    page="complaints:related_list",
    filter_page="complaints:related_filter",
    none_fits=_("No matter fits these filters. Take one away, or show all."),
    none_yet=_(
        "Reports, torts, criminal cases and court summonses stand here as soon as the first one is registered."
    ),
    template="complaints/related_list.html",
    more=_registering,
)
