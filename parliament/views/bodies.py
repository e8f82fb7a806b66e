"""Parties and constitutional organisations: short lists, kept on one page."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from office.http import StaffRequest
from office.views.form_page import form_page
from parliament.forms.houses import BodyForm, PartyForm
from parliament.models import ConstitutionalBody, Party
from parliament.permissions import may_register
from parliament.views.access import carriers_only, readers_only


@readers_only
def bodies(request: StaffRequest) -> HttpResponse:
    """The parties with how many sit for them now, and the organisations that consult the minister."""
    today = timezone.localdate()
    sits = Q(members__since_on__lte=today) & (
        Q(members__until_on__isnull=True) | Q(members__until_on__gte=today)
    )
    context = {
        "section": "bodies",
        "parties": Party.objects.annotate(sitting=Count("members", filter=sits)).order_by(
            "-is_active", "name"
        ),
        "bodies": ConstitutionalBody.objects.order_by("-is_active", "name"),
        "may_register": may_register.test(request.user),
    }
    return render(request, "parliament/houses/bodies.html", context)


@carriers_only
def party_new(request: StaffRequest) -> HttpResponse:
    """A party is written down."""
    return _form(request, PartyForm(request.POST or None), heading=_("New party"))


@carriers_only
def party_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """A party's row is put right; one that was dissolved is switched off."""
    found = get_object_or_404(Party, pk=pk)
    return _form(request, PartyForm(request.POST or None, instance=found), heading=found.name)


@carriers_only
def body_new(request: StaffRequest) -> HttpResponse:
    """An organisation is written down."""
    return _form(request, BodyForm(request.POST or None), heading=_("New organisation"))


@carriers_only
def body_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """An organisation's row is put right."""
    found = get_object_or_404(ConstitutionalBody, pk=pk)
    return _form(request, BodyForm(request.POST or None, instance=found), heading=found.name)


def _form(request: StaffRequest, form: PartyForm | BodyForm, *, heading: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("%(name)s is saved.") % {"name": saved.name})
        return redirect("parliament:bodies")
    return form_page(request, form, heading=heading, back=reverse("parliament:bodies"), section="bodies")
