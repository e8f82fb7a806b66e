"""Whom the business of parliament concerns: those of the politics subgroup, and the executives."""

from __future__ import annotations

from django.db.models import Q

from office.models import Role, Subgroup, User


def concerned() -> list[User]:
    """The active people who carry or decide on it, each once."""
    carries = Q(subgroup__code=Subgroup.Code.POLITICS, groups__name__in=[Role.OFFICER.value, Role.HEAD.value])
    decides = Q(groups__name=Role.EXECUTIVE.value)
    people = User.objects.filter(carries | decides, is_active=True).select_related("subgroup")
    return list(people.distinct().order_by("pk"))


def heads() -> list[User]:
    """The active heads of the politics subgroup."""
    return list(User.objects.with_role(Role.HEAD).filter(subgroup__code=Subgroup.Code.POLITICS))
