"""Who may do what with the plan, as `rules` predicates over a person."""

from __future__ import annotations

from typing import Final

import rules
from django.utils.translation import gettext as _

from office.access import only
from office.models import User
from office.permissions import is_administrator, is_executive, is_head


@rules.predicate
def has_a_role(user: User) -> bool:
    """The plan holds no personal data: whoever has a role in the office may read it."""
    return bool(user.roles)


may_change_plan: Final = is_head | is_executive | is_administrator
"""Heads keep the plan of the group together; the executives' desk and the administrators mend it."""
rules.add_perm("projectplan.change_plan", may_change_plan)

readers_only = only(has_a_role, lambda: _("The plan is open to the people of the office."))
changers_only = only(
    may_change_plan,
    lambda: _("Section heads, executives and administrators change the plan. Ask the head of your subgroup."),
)
