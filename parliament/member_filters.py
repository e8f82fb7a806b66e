"""Asking a register for what some members brought forward: by a part of their name, or by their party."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, QuerySet

from office.register_filter import RegisterFilter
from parliament.forms.members import named_like
from parliament.models import Member, Party


class AskedByMembers(RegisterFilter):
    """A register whose matters members bring forward.

    Where these have brought few, an index holds each one's; where many, as a large party has, the newest matters are
    walked, and of each is asked whether it is one of theirs.
    """

    member_field: ClassVar[str]

    _members: tuple[QuerySet[Member], ...] = ()

    def by_member(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        self._members = (*self._members, named_like(value).order_by())
        return rows

    def by_party(self, rows: Any, name: str, value: Party) -> QuerySet[Any]:
        self._members = (*self._members, value.members.order_by())
        return rows

    def narrowed(self, rows: QuerySet[Any], *, are_many: bool) -> QuerySet[Any]:
        for members in self._members:
            if are_many:
                rows = rows.filter(Exists(members.filter(pk=OuterRef(self.member_field))))
            else:
                rows = rows.filter(**{f"{self.member_field}__in": members.values("pk")})
        return rows
