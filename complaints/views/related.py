"""Who has to be in court in the coming days, and registering a new related matter."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.forms.related import RelatedIntakeForm
from complaints.models import RelatedMatter
from complaints.permissions import may_register
from complaints.related_registration import register
from complaints.related_worklist import open_hearings
from office.http import StaffRequest
from office.models.calendar import current_calendar

HEARING_DAYS = 30
HEARING_ROWS = 200


def hearings(request: StaffRequest) -> HttpResponse:
    """Who has to be in court in the next 30 days, and which outcomes nobody has recorded yet."""
    now = timezone.now()
    visible = RelatedMatter.objects.visible_to(request.user).select_related("owner")
    rows = list(
        open_hearings()
        .filter(at__lt=now + timedelta(days=HEARING_DAYS), related_matter__in=visible.values("pk"))
        .select_related("deadline")
        .prefetch_related(Prefetch("related_matter", queryset=visible.defer("search_text", "story")))
        .order_by("at", "pk")[:HEARING_ROWS]
    )
    context = {
        "section": "hearings",
        "past": [one for one in rows if one.at < now],
        "coming": [one for one in rows if one.at >= now],
        "moment": now,
        "calendar": current_calendar(),
    }
    return render(request, "complaints/hearings.html", context)


def new(request: StaffRequest, kind: str) -> HttpResponse:
    """Register a matter of one kind; a valid form leads to the matter's page."""
    if kind not in RelatedMatter.RelatedKind.values:
        raise Http404
    if not may_register.test(request.user):
        raise PermissionDenied(
            _("Matters are registered by the officers of the petitions subgroup. Hand it to one of them.")
        )
    now = timezone.now()
    if request.method != "POST":
        form = RelatedIntakeForm(kind=kind, user=request.user, now=now)
        return _form_page(request, form)
    form = RelatedIntakeForm(request.POST, request.FILES, kind=kind, user=request.user, now=now)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    matter = register(form, user=request.user, now=now)
    messages.success(request, _("Registered as %(number)s.") % {"number": matter.label})
    return redirect(matter)


def _form_page(request: StaffRequest, form: RelatedIntakeForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "kind": form.kind,
        "kind_name": RelatedMatter.RelatedKind(form.kind).label,
        "kinds": RelatedMatter.RelatedKind.choices,
        "section": "related_new",
    }
    return render(request, "complaints/related_intake.html", context, status=status)
