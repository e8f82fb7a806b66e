"""Which datasets stand open: a head closes one at once, and opens it again."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from office.models import OpenDataset, User
from projectplan.opendata import files
from projectplan.opendata.datasets import DATASETS
from projectplan.permissions import changers_only, may_change_plan, readers_only
from publicrelations.models import SiteEdition


@readers_only
def switches(request: HttpRequest) -> HttpResponse:
    """Every dataset, whether it stands open, and when it was last published."""
    closed = set(OpenDataset.objects.filter(is_open=False).values_list("code", flat=True))
    counted = files.last_counted()
    context = {
        "section": "plan",
        "datasets": [(one, one.code not in closed, counted.get(one.code)) for one in DATASETS],
        "may_switch": may_change_plan.test(cast(User, request.user)),
    }
    return render(request, "projectplan/open_data.html", context)


@require_POST
@changers_only
def switch(request: HttpRequest, code: str) -> HttpResponse:
    """Open or close one dataset for everybody; who reads it at this moment reads it no more."""
    found = files.find(code)
    if found is None:
        raise Http404
    is_open = request.POST.get("open") == "1"
    with transaction.atomic():
        OpenDataset.objects.update_or_create(code=code, defaults={"is_open": is_open})
        SiteEdition.renew()
    words = (
        _("“%(name)s” stands open.") if is_open else _("“%(name)s” is closed: nobody outside can load it.")
    )
    messages.success(request, words % {"name": found.name})
    return redirect("projectplan:open_data")
