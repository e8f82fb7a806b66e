"""Registering a petition that came by letter, visit, telephone, politician or agency, and its receipt."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from complaints.forms.intake import StaffPetitionForm
from complaints.models import Petition
from complaints.permissions import may_register
from complaints.registration import Receipt, register
from office.models import Document, User
from office.steps import Actor


def intake(request: HttpRequest) -> HttpResponse:
    """The officer's form; a valid one is registered and leads to the receipt to hand over or enclose."""
    user = cast(User, request.user)
    if not may_register.test(user):
        raise PermissionDenied(
            _("Petitions are registered by the officers of the petitions subgroup. Hand it to one of them.")
        )
    now = timezone.now()
    if request.method == "POST":
        form = StaffPetitionForm(request.POST, request.FILES, now=now, user=user)
        if form.is_valid():
            receipt = register(form, actor=Actor(user=user), source=Document.Source.PETITIONER, now=now)
            receipt.keep(request.session, now)
            return redirect("complaints:receipt")
    else:
        form = StaffPetitionForm(now=now, user=user)
    return render(request, "complaints/intake.html", {"form": form, "section": "intake"})


@never_cache
def receipt(request: HttpRequest) -> HttpResponse:
    """Number and code of what this person registered last, for half an hour."""
    kept = Receipt.of(request.session, timezone.now())
    visible = Petition.objects.visible_to(cast(User, request.user))
    petition = visible.filter(pk=kept.petition_id).first() if kept else None
    context = {
        "petition": petition,
        "code": kept.code if kept else "",
        "follow_address": f"{settings.SITE_URL}{reverse('petition:follow')}",
        "section": "intake",
    }
    status = 200 if petition else 410
    return render(request, "complaints/intake_receipt.html", context, status=status)
