"""Requests about one's own data: who asked, where they stand, whose each place is, and the file that is handed out."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from office.access import only
from office.http import StaffRequest, kept_secret
from office.models import PersonExport, PersonFinding, PersonRequest
from office.queue import start_by_name_after_commit
from office.views.form_page import form_page
from projectplan import person_export, person_requests
from projectplan.retention_forms import RequestForm, VerdictsForm

SECTION: Final = "retention"
SHOWN: Final = 100
FINDINGS_SHOWN: Final = 300
MAKE: Final = "projectplan.tasks.make_person_export"

answerers_only = only(
    person_requests.may_answer,
    lambda: _("Requests about one's own data are answered by heads and the data protection officer."),
)


@require_GET
@answerers_only
@kept_secret
def requests(request: StaffRequest) -> HttpResponse:
    """Those that wait for their answer by their day, then those that were answered."""
    rows = person_requests.requests_of(request.user)
    today = timezone.localdate()
    waiting = rows.filter(answered_at=None).order_by("due_on", "pk")[:SHOWN]
    context = {
        "section": SECTION,
        "waiting": [(one, one.is_late(today)) for one in waiting],
        "answered": rows.filter(answered_at__isnull=False).order_by("-answered_at", "-pk")[:SHOWN],
    }
    return render(request, "projectplan/retention/requests.html", context)


@sensitive_post_parameters()
@answerers_only
@kept_secret
def new(request: StaffRequest) -> HttpResponse:
    """Write down that somebody asks; the search follows on its page."""
    form = RequestForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        return redirect(form.written(request.user, timezone.now()))
    return form_page(
        request,
        form,
        heading=_("New request about one's own data"),
        back=reverse("retention:requests"),
        section=SECTION,
    )


def _found(request: StaffRequest, pk: int) -> PersonRequest:
    return get_object_or_404(person_requests.requests_of(request.user), pk=pk)


@require_GET
@answerers_only
@kept_secret
def request_page(request: StaffRequest, pk: int) -> HttpResponse:
    """One request with what was found; every look is written down."""
    found = _found(request, pk)
    person_requests.record_access(request.user, found)
    findings = _findings(found)
    return _page(request, found, findings, VerdictsForm(findings=findings))


def _findings(found: PersonRequest) -> list[PersonFinding]:
    return list(found.findings.all()[:FINDINGS_SHOWN])


def _page(
    request: StaffRequest, found: PersonRequest, findings: list[PersonFinding], form: VerdictsForm
) -> HttpResponse:
    lines = [
        (
            one,
            person_requests.SOURCES[one.source],
            [person_requests.FOUND_BY[way] for way in one.found_by.split(",")],
            form[f"verdict_{one.pk}"],
            form[f"reason_{one.pk}"],
        )
        for one in findings
    ]
    context = {
        "section": SECTION,
        "asked": found,
        "lines": lines,
        "is_late": found.is_late(timezone.localdate()),
        "exports": found.exports.select_related("asked_by")[:10],
        "moment": timezone.now(),
        "open_count": sum(not one.verdict for one in findings),
        "is_mine": found.officer_id == request.user.pk,
    }
    return render(
        request, "projectplan/retention/request.html", context, status=422 if form.is_bound else 200
    )


@require_POST
@answerers_only
def search(request: StaffRequest, pk: int) -> HttpResponse:
    """Look everywhere, once more where it was done before."""
    found = _found(request, pk)
    count = person_requests.search(found, request.user)
    if not count:
        messages.info(request, _("Nothing was found by these words."))
    return redirect(found)


@require_POST
@answerers_only
@kept_secret
def verdicts(request: StaffRequest, pk: int) -> HttpResponse:
    """Whose each place is."""
    found = _found(request, pk)
    findings = _findings(found)
    form = VerdictsForm(request.POST, findings=findings)
    if not form.is_valid():
        return _page(request, found, findings, form)
    form.save()
    messages.success(request, _("Saved."))
    return redirect(found)


@require_POST
@answerers_only
def export(request: StaffRequest, pk: int) -> HttpResponse:
    """Have the file made; every place must have been looked at."""
    found = _found(request, pk)
    if found.findings.filter(verdict="").exists():
        messages.warning(request, _("Say of every place first whose it is."))
        return redirect(found)
    asked = person_export.ask_for(found, by=request.user, now=timezone.now())
    start_by_name_after_commit(MAKE, asked.pk)
    messages.success(request, _("The file is being made; it appears on this page."))
    return redirect(found)


@require_POST
@answerers_only
@kept_secret
def take(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The file, for the officer in charge alone and for its days; that it was taken is written down."""
    rows = PersonExport.objects.select_related("request__officer").filter(state=PersonExport.State.ISSUED)
    found = get_object_or_404(
        rows, pk=pk, request__in=person_requests.requests_of(request.user), removed_at=None
    )
    now = timezone.now()
    if found.request.officer_id != request.user.pk:
        raise PermissionDenied(_("The file is taken by the officer in charge of the request."))
    if found.expires_at is None or found.expires_at < now:
        raise Http404
    person_requests.record_access(request.user, found.request)
    person_requests.answered(found.request, now)
    return FileResponse(
        default_storage.open(found.path),
        as_attachment=True,
        filename=person_export.title_of(found.request),
        content_type="application/zip",
    )
