"""Who may register and carry what parliament brings, and read the reports on it: `rules` predicates over a person."""

from __future__ import annotations

import rules

from office.models import Subgroup, User
from office.permissions import is_executive, is_head, is_officer


@rules.predicate
def is_of_politics(user: User) -> bool:
    """Belongs to the subgroup that carries the business of parliament."""
    return user.subgroup is not None and user.subgroup.code == Subgroup.Code.POLITICS


carries_politics = is_of_politics & (is_officer | is_head)
may_register = carries_politics
may_read = is_executive | carries_politics
may_read_reports = may_read
may_issue_reports = carries_politics
heads_politics = is_of_politics & is_head
