"""The media network: outlets with what they did in a year, their reporters, and doubles made one."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from office.http import StaffRequest
from office.lists import COUNT_CAP, ByName, capped_count, count_label, page_of
from office.registers import link
from office.views.form_page import form_page
from publicrelations.access import record_reporter_access
from publicrelations.forms.media import MediaFilterForm, MergeForm, OutletForm, ReporterForm
from publicrelations.merging import merge_outlets, merge_reporters
from publicrelations.models import MediaOutlet, Reporter
from publicrelations.outlet_names import outlets_alike, reporters_alike
from publicrelations.outlet_year import outlet_year, year_asked
from publicrelations.permissions import may_register
from publicrelations.views.access import carriers_only, readers_only

BY_NAME: Final = ByName("sort_name")
SECTION: Final = "media"


@readers_only
def outlets(request: StaffRequest) -> HttpResponse:
    """The outlets, 25 a page, each with how many report for it."""
    query = request.GET.copy()
    form = MediaFilterForm(query)
    rows = form.rows()
    here = Q(reporters__merged_into=None) & (
        Q(reporters__until_on=None) | Q(reporters__until_on__gte=timezone.localdate())
    )
    page = page_of(rows, BY_NAME, after=query.get("after", ""), upto=query.get("upto", ""))
    keys = [one.pk for one in page.rows]
    counts = dict(
        MediaOutlet.objects.filter(pk__in=keys)
        .order_by()
        .annotate(n=Count("reporters", filter=here))
        .values_list("pk", "n")
    )
    context = {
        "section": SECTION,
        "form": form,
        "page": page,
        "rows": [(one, counts.get(one.pk, 0)) for one in page.rows],
        "count": count_label(capped_count(rows), COUNT_CAP),
        "next_link": link(query, after=page.next_cursor) if page.next_cursor else "",
        "back_link": link(query, upto=page.back_cursor) if page.back_cursor else "",
        "query": link(query),
        "is_narrowed": any(query.get(name) for name in form.fields),
        "may_register": may_register.test(request.user),
    }
    status = 200 if form.is_valid() else 422
    return render(request, "publicrelations/media/outlets.html", context, status=status)


@readers_only
def outlet(request: StaffRequest, pk: int) -> HttpResponse:
    """One outlet: invited, came, reported and in which tone over a year, and who reports for it. A double leads to
    the row that stayed."""
    found = get_object_or_404(MediaOutlet.objects.select_related("merged_into"), pk=pk)
    if found.merged_into_id:
        return redirect("publicrelations:outlet", found.merged_into_id)
    year = year_asked(request.GET.get("year", ""), timezone.now())
    may_keep = may_register.test(request.user)
    reporters = found.reporters.filter(merged_into__isnull=True).defer("telephone", "email", "line_id")
    context = {
        "section": SECTION,
        "outlet": found,
        "in_year": outlet_year(found, request.user, year),
        "reporters": list(reporters.order_by("sort_name", "pk")),
        "alike": outlets_alike(found) if may_keep else [],
        "today": timezone.localdate(),
        "may_register": may_keep,
    }
    return render(request, "publicrelations/media/outlet.html", context)


@carriers_only
def outlet_new(request: StaffRequest) -> HttpResponse:
    """An outlet is written down."""
    form = OutletForm(request.POST or None)
    return _outlet_form(request, form, heading=_("New outlet"), back=reverse("publicrelations:media"))


@carriers_only
def outlet_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """An outlet's row is put right, or switched off."""
    found = get_object_or_404(MediaOutlet, pk=pk, merged_into=None)
    form = OutletForm(request.POST or None, instance=found)
    back = reverse("publicrelations:outlet", args=[pk])
    return _outlet_form(request, form, heading=found.name, back=back)


def _outlet_form(request: StaffRequest, form: OutletForm, *, heading: str, back: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("%(name)s is saved.") % {"name": saved})
        return redirect("publicrelations:outlet", saved.pk)
    return form_page(request, form, heading=heading, back=back, section=SECTION)


# ── Reporters ───────────────────────────────────────────────────────────────────────────────


@carriers_only
def reporter_new(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody who reports for an outlet is written down; today they are known to be right."""
    found = get_object_or_404(MediaOutlet, pk=pk, merged_into=None)
    form = ReporterForm(request.POST or None, instance=Reporter(outlet=found))
    return _reporter_form(request, form, heading=_("New reporter"), outlet=pk)


@carriers_only
def reporter_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """A reporter's row is put right. The form shows how they are reached, which is a look."""
    found = get_object_or_404(Reporter.objects.select_related("outlet"), pk=pk, merged_into=None)
    form = ReporterForm(request.POST or None, instance=found)
    if not form.is_bound:
        record_reporter_access(request.user, found)
    return _reporter_form(request, form, heading=found.name, outlet=found.outlet_id)


def _reporter_form(request: StaffRequest, form: ReporterForm, *, heading: str, outlet: int) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        form.instance.confirmed_on = timezone.localdate()
        saved = form.save()
        messages.success(request, _("%(name)s is saved.") % {"name": saved})
        return redirect("publicrelations:outlet", saved.outlet_id)
    back = reverse("publicrelations:outlet", args=[outlet])
    return form_page(request, form, heading=heading, back=back, section=SECTION)


@require_POST
@carriers_only
def reporter_contact(request: StaffRequest, pk: int) -> HttpResponse:
    """Open telephone and addresses: a deliberate act, written into the trail."""
    found = get_object_or_404(Reporter.objects.select_related("outlet"), pk=pk)
    record_reporter_access(request.user, found)
    context = {"reporter": found, "section": SECTION}
    partial = bool(request.htmx)
    name = "reporter_contact_card.html" if partial else "reporter_contact.html"
    return render(request, f"publicrelations/media/{name}", context)


@require_POST
@carriers_only
def reporter_confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody has made sure today that this is right."""
    found = get_object_or_404(Reporter, pk=pk, merged_into=None)
    found.confirmed_on = timezone.localdate()
    found.save()
    messages.success(request, _("%(name)s is confirmed as of today.") % {"name": found})
    return redirect("publicrelations:outlet", found.outlet_id)


# ── Doubles ─────────────────────────────────────────────────────────────────────────────────


@carriers_only
def outlet_merge(request: StaffRequest, pk: int) -> HttpResponse:
    """An outlet that was written down twice: which row stays. Those of a like name are offered first."""
    found = get_object_or_404(MediaOutlet, pk=pk, merged_into=None)
    others = MediaOutlet.objects.filter(merged_into=None).exclude(pk=pk).order_by("sort_name")
    alike = outlets_alike(found)
    form = MergeForm(request.POST or None, rows=others, initial={"into": alike[0] if alike else None})
    return _merge(request, form, found, merge_outlets, outlet=pk)


@carriers_only
def reporter_merge(request: StaffRequest, pk: int) -> HttpResponse:
    """A reporter who was written down twice, or who went to another outlet: which row stays."""
    found = get_object_or_404(Reporter, pk=pk, merged_into=None)
    alike = reporters_alike(found)
    same_outlet = Q(outlet=found.outlet_id) | Q(pk__in=[one.pk for one in alike])
    others = Reporter.objects.filter(same_outlet, merged_into=None).exclude(pk=pk).order_by("sort_name")
    form = MergeForm(request.POST or None, rows=others, initial={"into": alike[0] if alike else None})
    return _merge(request, form, found, merge_reporters, outlet=found.outlet_id)


def _merge(request: StaffRequest, form: MergeForm, found: Any, merge: Any, *, outlet: int) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        try:
            merge(found, into)
        except ValidationError as refused:
            form.add_error("into", refused)
        else:
            words = _("%(double)s is now one with %(name)s.") % {"double": found, "name": into}
            messages.success(request, words)
            return redirect("publicrelations:outlet", getattr(into, "outlet_id", into.pk))
    heading = _("%(name)s was written down twice") % {"name": found}
    back = reverse("publicrelations:outlet", args=[outlet])
    return form_page(request, form, heading=heading, back=back, section=SECTION, button=_("Make them one"))
