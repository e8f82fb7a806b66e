"""Dates within a fiscal year, as a filter of rows."""

from __future__ import annotations

from django.db.models import Q

from office.calendar import fiscal_year


def within(column: str, year_be: int) -> Q:
    """Rows whose date of this column lies in a fiscal year (B.E.)."""
    year = fiscal_year(year_be)
    return Q(**{f"{column}__gte": year.first, f"{column}__lte": year.last})
