"""Counts that stop where no one tells the difference any more, inside a query."""

from __future__ import annotations

from django.db.models import IntegerField, Subquery


class CappedCount(Subquery):
    """How many rows a sliced query finds, for each row of the query around it."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
