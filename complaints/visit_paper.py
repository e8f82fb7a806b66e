"""What a visitor takes home: the slip with what they were told."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.models import Visit
from office.paper import render_pdf


def slip_context(visit: Visit) -> dict[str, Any]:
    """What stands on the slip. Not the visitor's name: it may be left lying somewhere."""
    return {
        "title": _("What you were told"),
        "visit": visit,
        "office_name": settings.OFFICE_NAME,
        "office_parent_name": settings.OFFICE_PARENT_NAME,
        "office_address": settings.OFFICE_ADDRESS,
        "form_address": f"{settings.SITE_URL}{reverse('petition:new')}",
    }


def slip_pdf(visit: Visit) -> bytes:
    """The slip on A5. One small page, a fifth of a second: somebody stands at the counter and waits for it."""
    html = render_to_string("complaints/paper/visit_slip.html", slip_context(visit))
    title = _("What you were told")
    return render_pdf(html, title=f"{title} {visit.label}")
