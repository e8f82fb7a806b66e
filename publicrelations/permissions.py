"""Who may register and carry public relations' matters, and read the reports on them: `rules` predicates over a
person."""

from __future__ import annotations

import rules

from office.models import Subgroup, User
from office.permissions import is_executive, is_head, is_officer


@rules.predicate
def is_of_public_relations(user: User) -> bool:
    """Belongs to the subgroup that carries the agenda, the news and the press."""
    return user.subgroup is not None and user.subgroup.code == Subgroup.Code.PUBLIC_RELATIONS


carries_public_relations = is_of_public_relations & (is_officer | is_head)
may_register = carries_public_relations
may_read = is_executive | carries_public_relations
may_read_reports = may_read
may_issue_reports = carries_public_relations
heads_public_relations = is_of_public_relations & is_head
