"""A dataset's fiscal year as CSV and JSON, and the catalogue of all of them for data portals (DCAT)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import override

from office.calendar import OFFICE_TZ, fiscal_year, fiscal_year_of
from office.models import OpenDataset, OpenMonth
from office.spreadsheets import Cell, csv_lines
from projectplan.opendata.datasets import BY_CODE, DATASETS, Dataset

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
CSV, JSON = "text/csv; charset=utf-8", "application/json; charset=utf-8"


def open_datasets() -> list[Dataset]:
    """Those that stand open, in their order."""
    closed = set(OpenDataset.objects.filter(is_open=False).values_list("code", flat=True))
    return [one for one in DATASETS if one.code not in closed]


def is_open(dataset: Dataset) -> bool:
    return not OpenDataset.objects.filter(code=dataset.code, is_open=False).exists()


def years_of(code: str) -> list[int]:
    """The fiscal years (B.E.) of which something is published, the newest first."""
    months = OpenMonth.objects.filter(dataset=code).values_list("month", flat=True)
    return sorted({fiscal_year_of(month) for month in months}, reverse=True)


def last_counted() -> dict[str, datetime]:
    """When each dataset was last published."""
    newest = OpenMonth.objects.order_by().values("dataset").annotate(last=Max("counted_at"))
    return {row["dataset"]: row["last"] for row in newest}


def months_in(dataset: Dataset, year: int) -> list[OpenMonth]:
    """What is published of a fiscal year, month by month; none for a year that cannot be."""
    try:
        period = fiscal_year(year)
    except (ValueError, OverflowError):
        return []
    rows = OpenMonth.objects.filter(dataset=dataset.code, month__gte=period.first, month__lte=period.last)
    return list(rows.order_by("month"))


def rows_of(dataset: Dataset, months: Sequence[OpenMonth]) -> Iterator[dict[str, Any]]:
    """The rows as files have them: what was counted, and of which month, when, and whether for good."""
    names = [field.name for field in dataset.fields]
    for month in months:
        frame = {
            "month": month.month.isoformat(),
            "fiscal_year_be": fiscal_year_of(month.month),
            "status": "final" if month.is_final else "provisional",
            "counted_on": _day(month.counted_at).isoformat(),
        }
        for row in month.rows:
            whole = row | frame
            yield {name: whole.get(name) for name in names}


def as_csv(dataset: Dataset, months: Sequence[OpenMonth]) -> str:
    """RFC 4180, UTF-8 with its mark; nothing in it that a spreadsheet would run."""
    head = [field.name for field in dataset.fields]
    rows = ([_cell(value) for value in row.values()] for row in rows_of(dataset, months))
    return "".join(csv_lines([head, *rows]))


def as_json(dataset: Dataset, year: int, months: Sequence[OpenMonth]) -> str:
    """The same rows with what they mean beside them; a number that is left out is null."""
    content = {
        "dataset": dataset.code,
        "title": in_both(dataset.name),
        "description": in_both(dataset.about),
        "fiscal_year_be": year,
        "licence": LICENCE,
        "publisher": publisher(),
        "updated_at": _moment(max(month.counted_at for month in months)),
        "fields": [
            {
                "name": field.name,
                "meaning": in_both(field.meaning),
                "unit": in_both(field.unit),
                "values": list(field.values),
            }
            for field in dataset.fields
        ],
        "rows": list(rows_of(dataset, months)),
    }
    return json.dumps(content, ensure_ascii=False)


def catalogue() -> str:
    """All open datasets in the words of the W3C's Data Catalog Vocabulary, as data portals gather them."""
    counted = last_counted()
    years: dict[str, set[int]] = {}
    for code, month in OpenMonth.objects.values_list("dataset", "month"):
        years.setdefault(code, set()).add(fiscal_year_of(month))
    content = {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@type": "dcat:Catalog",
        "@id": address("open_data:datasets"),
        "dct:publisher": publisher(),
        "dct:license": LICENCE,
        "dcat:dataset": [
            _entry(one, sorted(years[one.code]), counted[one.code])
            for one in open_datasets()
            if one.code in years
        ],
    }
    return json.dumps(content, ensure_ascii=False)


def _entry(dataset: Dataset, years: Sequence[int], counted_at: datetime) -> dict[str, Any]:
    first, last = fiscal_year(years[0]).first, fiscal_year(years[-1]).last
    return {
        "@type": "dcat:Dataset",
        "@id": address("open_data:dataset", dataset.code),
        "dct:identifier": dataset.code,
        "dct:title": in_both(dataset.name),
        "dct:description": in_both(dataset.about),
        "dct:license": LICENCE,
        "dct:language": ["th", "en"],
        "dct:modified": _moment(counted_at),
        "dct:accrualPeriodicity": "R/P1M",
        "dct:temporal": {"dcat:startDate": first.isoformat(), "dcat:endDate": last.isoformat()},
        "dcat:landingPage": address("open_data:dataset", dataset.code),
        "dcat:distribution": [_file(dataset, year, form) for year in years for form in ("csv", "json")],
    }


def _file(dataset: Dataset, year: int, form: str) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": f"{dataset.code} {year} ({form.upper()})",
        "dcat:downloadURL": address("open_data:file", dataset.code, year, form),
        "dcat:mediaType": "text/csv" if form == "csv" else "application/json",
        "dct:license": LICENCE,
    }


def find(code: str) -> Dataset | None:
    return BY_CODE.get(code)


def address(name: str, *args: Any) -> str:
    """The whole address, as other programs are told it."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def publisher() -> str:
    return f"{settings.OFFICE_NAME} {settings.OFFICE_PARENT_NAME}"


def in_both(words: Promise | str) -> dict[str, str]:
    """Words in either language."""
    found = {}
    for language in ("th", "en"):
        with override(language):
            found[language] = str(words)
    return found


def _cell(value: Any) -> Cell:
    """Truth as JSON writes it, so that both files say the same."""
    return str(value).lower() if isinstance(value, bool) else value


def _day(at: datetime) -> date:
    return at.astimezone(OFFICE_TZ).date()


def _moment(at: datetime) -> str:
    return at.astimezone(OFFICE_TZ).isoformat(timespec="seconds")
