"""Whose diary is looked at: of everybody, of one subgroup, of one person; and who may ask for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import cached_property

from office.models import Role, Subgroup, User


@dataclass
class Whose:
    """What was asked for, and what this person may choose among."""

    user: User
    subgroup: str = ""
    person: int | None = None
    people: list[tuple[int, str]] = field(default_factory=list)

    @property
    def query(self) -> list[tuple[str, str]]:
        """As an address keeps it."""
        asked = [("of", self.subgroup), ("who", str(self.person or ""))]
        return [(name, value) for name, value in asked if value]

    @cached_property
    def subgroups(self) -> list[tuple[str, str]]:
        """To choose among: an executive sees the work of all, others the own subgroup's alone."""
        return [(code, str(name)) for code, name in Subgroup.Code.choices] if _sees_all(self.user) else []


def whose_of(user: User, address: Mapping[str, str]) -> Whose:
    """What an address asks for, as far as this person may; one query, for the names."""
    people = dict(_people(user))
    asked_person, asked_subgroup = address.get("who", ""), address.get("of", "")
    is_key = asked_person.isascii() and asked_person.isdigit() and len(asked_person) < 10
    person = int(asked_person) if is_key and int(asked_person) in people else None
    subgroup = asked_subgroup if _sees_all(user) and asked_subgroup in Subgroup.Code.values else ""
    return Whose(user, subgroup, person, list(people.items()))


def _people(user: User) -> list[tuple[int, str]]:
    """Whose diary this person may look at: executives everybody's of a subgroup, others the own subgroup's heads and
    officers; one's own first."""
    rows = User.objects.filter(is_active=True, subgroup__isnull=False)
    if not _sees_all(user):
        if not user.has_role(Role.HEAD):
            return [(user.pk, user.short_name)] if user.subgroup_id else []
        rows = rows.filter(subgroup=user.subgroup_id)
    found = [(one.pk, one.short_name) for one in rows.only("pk", "display_name").order_by("display_name")]
    return sorted(found, key=lambda one: one[0] != user.pk)


def _sees_all(user: User) -> bool:
    return user.has_role(Role.EXECUTIVE)
