"""Who may do what with the project's money: whoever works in the office reads, officers of every subgroup enter, heads
of every subgroup approve what another entered."""

from __future__ import annotations

from django.utils.translation import gettext as _
from rules import Predicate, predicate

from office.access import only
from office.models import User
from office.permissions import is_head, is_officer
from projectplan.models import BudgetEntry


@predicate
def works_here(user: User) -> bool:
    return bool(user.roles)


may_enter: Predicate = is_officer
may_plan: Predicate = is_officer
may_approve: Predicate = is_head

readers_only = only(works_here, lambda: _("The project is open to the people of the office."))
enterers_only = only(may_enter, lambda: _("Entries are written down by officers. Ask one of your subgroup."))


def may_decide(user: User, entry: BudgetEntry) -> bool:
    """Approve it or turn it down."""
    return entry.is_pending and may_approve.test(user) and entry.entered_by_id != user.pk


def may_withdraw(user: User, entry: BudgetEntry) -> bool:
    return entry.is_pending and entry.entered_by_id == user.pk
