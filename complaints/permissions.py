"""Who may register petitions, open petitioners' data, read and issue reports: `rules` predicates over a person."""

from __future__ import annotations

import rules

from office.models import Subgroup, User
from office.permissions import is_executive, is_head, is_officer


@rules.predicate
def is_of_petitions(user: User) -> bool:
    """Belongs to the subgroup that carries petitions."""
    return user.subgroup is not None and user.subgroup.code == Subgroup.Code.COMPLAINTS


carries_petitions = is_of_petitions & (is_officer | is_head)
may_read = is_executive | carries_petitions
may_read_reports = may_read
may_issue_reports = carries_petitions
may_register = carries_petitions
# Of a petition they may see at all.
may_open_petitioner = is_executive | carries_petitions
