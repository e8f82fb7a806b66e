"""Writing agencies and contacts down, putting them right, confirming them, and ending a post."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from office.http import StaffRequest
from office.models import Agency, Contact
from office.network_access import keepers_only
from office.network_forms import AgencyForm, ContactForm, EndForm
from office.views.form_page import form_page
from office.views.network import SECTION


@keepers_only
@transaction.atomic
def agency_new(request: StaffRequest) -> HttpResponse:
    """An agency is written down."""
    form = AgencyForm(request.POST or None)
    return _agency_form(request, form, heading=_("New agency"), back=reverse("office:network"))


@keepers_only
@transaction.atomic
def agency_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """An agency's row is put right, or switched off."""
    if request.method == "POST":
        # The whole tree, so that two who move agencies at the same moment make no circle between them.
        list(Agency.objects.select_for_update().order_by("pk").values_list("pk"))
    found = get_object_or_404(Agency, pk=pk, merged_into=None)
    form = AgencyForm(request.POST or None, instance=found)
    return _agency_form(request, form, heading=found.name, back=found.get_absolute_url())


def _agency_form(request: StaffRequest, form: AgencyForm, *, heading: str, back: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("%(name)s is saved.") % {"name": saved.name})
        return redirect(saved)
    return form_page(request, form, heading=heading, back=back, section=SECTION)


@keepers_only
@transaction.atomic
def contact_new(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody is written down as a contact of an agency."""
    found = get_object_or_404(Agency.objects.listed(), pk=pk)
    initial = {"since_on": timezone.localdate(), "is_confirmed": True}
    form = ContactForm(request.POST or None, instance=Contact(agency=found), initial=initial)
    return _contact_form(request, form, heading=_("New contact"), back=found.get_absolute_url())


@keepers_only
@transaction.atomic
def contact_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """A contact's row is put right."""
    found = _contact(request, pk)
    form = ContactForm(request.POST or None, instance=found)
    return _contact_form(request, form, heading=found.name, back=found.get_absolute_url())


def _contact_form(request: StaffRequest, form: ContactForm, *, heading: str, back: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["is_confirmed"]:
            form.instance.confirmed_at, form.instance.confirmed_by = timezone.now(), request.user
        saved = form.save()
        messages.success(request, _("%(name)s is saved.") % {"name": saved})
        return redirect(saved)
    return form_page(request, form, heading=heading, back=back, section=SECTION)


@keepers_only
@transaction.atomic
def contact_end(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody has left the post: from when on they are asked no more."""
    found = _contact(request, pk)
    form = EndForm(request.POST or None, contact=found, initial={"until_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        found.until_on = form.cleaned_data["until_on"]
        found.save()
        messages.success(request, _("The post of %(name)s is ended.") % {"name": found})
        return redirect(found)
    heading = _("%(name)s leaves the post") % {"name": found.name}
    back = found.get_absolute_url()
    return form_page(request, form, heading=heading, back=back, section=SECTION, button=_("End the post"))


@require_POST
@keepers_only
@transaction.atomic
def contact_confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody has asked, by telephone or otherwise, and all of it is right."""
    found = _contact(request, pk)
    found.confirmed_at, found.confirmed_by = timezone.now(), request.user
    found.save()
    messages.success(request, _("%(name)s is confirmed as of today.") % {"name": found})
    return redirect(found)


def _contact(request: StaffRequest, pk: int) -> Contact:
    """The contact; under lock where something is to be written."""
    rows = (
        Contact.objects.select_for_update(of=("self",)) if request.method == "POST" else Contact.objects.all()
    )
    return get_object_or_404(rows.select_related("agency"), pk=pk, merged_into=None)
