"""Open data on the public site: which datasets there are, what their fields mean, and their files by fiscal year."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from projectplan.opendata import files
from projectplan.opendata.datasets import Dataset
from projectplan.opendata.hiding import THRESHOLD
from publicrelations.public.frame import page
from publicrelations.public.kept import read_by_all
from publicrelations.public.sharing import Share


@read_by_all()
def open_data(request: HttpRequest) -> HttpResponse:
    """Every dataset that stands open."""
    counted = files.last_counted()
    title = _("Open data")
    description = _("Monthly figures of the office's work, free for everybody to use. No personal data.")
    return page(
        "open_data",
        path=reverse("open_data:datasets"),
        here="open_data",
        share=Share(title=title, description=description, language=get_language() or "th"),
        title=title,
        datasets=[(one, counted.get(one.code)) for one in files.open_datasets()],
        last_counted=max(counted.values(), default=None),
        licence=files.LICENCE,
        catalogue=files.address("open_data:catalogue"),
        threshold=THRESHOLD,
    )


@read_by_all()
def dataset(request: HttpRequest, code: str) -> HttpResponse:
    """One dataset: what it counts, its files, its fields."""
    found = _found(code)
    if not files.is_open(found):
        return _closed(found)
    share = Share(
        title=str(found.name),
        description=str(found.about),
        language=get_language() or "th",
        facts=_facts(found),
    )
    return page(
        "open_dataset",
        path=reverse("open_data:dataset", args=[code]),
        here="open_data",
        share=share,
        title=str(found.name),
        dataset=found,
        years=files.years_of(code),
        counted_at=files.last_counted().get(code),
        licence=files.LICENCE,
        threshold=THRESHOLD,
    )


@read_by_all()
def file(request: HttpRequest, code: str, year: str, form: str) -> HttpResponse:
    """One fiscal year of a dataset, as CSV or JSON; the address stays the same for good."""
    found = _found(code)
    if not files.is_open(found):
        return HttpResponse(status=HTTPStatus.GONE, content_type="text/plain; charset=utf-8")
    months = files.months_in(found, int(year))
    if not months:
        raise Http404
    if form == "csv":
        return HttpResponse(files.as_csv(found, months), content_type=files.CSV)
    return HttpResponse(files.as_json(found, int(year), months), content_type=files.JSON)


@read_by_all()
def catalogue(request: HttpRequest) -> HttpResponse:
    """All datasets for programs that gather them."""
    return HttpResponse(files.catalogue(), content_type="application/ld+json; charset=utf-8")


def _found(code: str) -> Dataset:
    found = files.find(code)
    if found is None:
        raise Http404
    return found


def _closed(found: Dataset) -> HttpResponse:
    path = reverse("open_data:dataset", args=[found.code])
    share = Share(title=str(found.name), language=get_language() or "th")
    return page(
        "open_dataset",
        path=path,
        here="open_data",
        share=share,
        status=HTTPStatus.GONE,
        title=str(found.name),
        dataset=None,
    )


def _facts(found: Dataset) -> dict[str, Any]:
    """What schema.org calls a Dataset, for search engines."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": str(found.name),
        "description": str(found.about),
        "license": files.LICENCE,
        "isAccessibleForFree": True,
        "creator": {
            "@type": "GovernmentOrganization",
            "name": settings.OFFICE_NAME,
            "url": settings.SITE_URL,
        },
    }
