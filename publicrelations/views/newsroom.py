"""The newsroom's board: what is being written, waits for the check, is set for a time, appeared today."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ
from office.http import StaffRequest
from office.models import Deadline, User
from office.models.calendar import current_calendar
from office.models.matter import matters_visible_to
from publicrelations.article_worklist import rows_of
from publicrelations.models import Article, ArticleState
from publicrelations.permissions import may_register
from publicrelations.views.access import readers_only

SHOWN = 15
"""In one column; the register has the rest."""


@readers_only
def newsroom(request: StaffRequest) -> HttpResponse:
    """The board of the day, for the head's morning and the officers' evening."""
    now = timezone.now()
    context = {
        "section": "articles",
        "columns": _columns(request.user, now),
        "silent": _engagements_without_news(request.user),
        "may_register": may_register.test(request.user),
        "calendar": current_calendar(),
        "moment": now,
    }
    return render(request, "publicrelations/newsroom.html", context)


def _columns(user: User, now: datetime) -> list[dict[str, Any]]:
    seen = Article.objects.visible_to(user)
    midnight = now.astimezone(OFFICE_TZ).replace(hour=0, minute=0, second=0, microsecond=0)
    today = seen.filter(
        state=ArticleState.PUBLISHED,
        published_at__gte=midnight,
        published_at__lt=midnight + timedelta(days=1),
    )
    asked = [
        (_("Being written"), "state=draft", seen.filter(state=ArticleState.DRAFT).order_by("-pk")),
        (_("To be checked"), "state=checking", seen.filter(state=ArticleState.CHECKING).order_by("pk")),
        (
            _("Set for a time"),
            "state=scheduled",
            seen.filter(state=ArticleState.SCHEDULED).order_by("publish_from"),
        ),
        (_("Published today"), "state=published", today.order_by("-published_at", "-pk")),
    ]
    keys = [list(rows.values_list("pk", flat=True)[: SHOWN + 1]) for _name, _query, rows in asked]
    rows = {row.matter.pk: row for row in rows_of([key for column in keys for key in column])}
    return [
        {
            "name": name,
            "query": query,
            "rows": [rows[key] for key in column[:SHOWN]],
            "has_more": len(column) > SHOWN,
        }
        for (name, query, _rows), column in zip(asked, keys, strict=True)
    ]


def _engagements_without_news(user: User) -> list[Deadline]:
    """Promises of news that nobody has kept yet, the most urgent first, with what they are about."""
    owed = Deadline.objects.unmet().filter(matters_visible_to(user, "matter__"), kind=Deadline.Kind.NEWS)
    return list(owed.select_related("matter").order_by("due_at", "pk")[:8])
