"""Registering a petition that came by letter, visit, telephone, politician or agency, and its receipt."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from complaints import blank_forms
from complaints.access import record_visit_access
from complaints.forms.intake import StaffPetitionForm
from complaints.models import Petition, Visit
from complaints.permissions import may_register
from complaints.registration import Receipt, is_registered, register
from complaints.views.doubles import look, sought_in, unseen
from complaints.visiting import AlreadyMade, beginning_of, register_from_visit
from office.models import Document, User
from office.plain_number import plain_number
from office.register_as import begin_with, document_asked, registered
from office.steps import Actor


def intake(request: HttpRequest) -> HttpResponse:
    """The officer's form; a valid one is registered and leads to the receipt to hand over or enclose.

    With likely doubles that were not shown yet it asks first; sent once more, it is registered.
    """
    user = cast(User, request.user)
    if not may_register.test(user):
        raise PermissionDenied(
            _("Petitions are registered by the officers of the petitions subgroup. Hand it to one of them.")
        )
    now = timezone.now()
    visit, document = _visit_behind(request, user), document_asked(request)
    context: dict[str, Any] = {"section": "intake", "visit": visit}
    if request.method == "POST":
        form = StaffPetitionForm(request.POST, request.FILES, now=now, user=user)
        context["doubles"] = look(sought_in(request.POST), user, now)
        if not form.is_valid():
            pass
        elif unseen(request, context["doubles"]) and not is_registered(form):
            context["asks"] = True
        else:
            try:
                receipt = _registered(form, visit, user, now)
            except AlreadyMade as made:
                context |= {"made": made.petition}
            else:
                receipt.keep(request.session, now)
                registered(document, Petition.objects.get(pk=receipt.petition_id), by=user, now=now)
                return redirect("complaints:receipt")
    else:
        initial, context["form_code"], context["form_code_trouble"] = _beginning(request, user, visit)
        form = StaffPetitionForm(now=now, user=user, initial=initial)
        begin_with(form, document)
    status = 409 if context.get("asks") else 200
    return render(request, "complaints/intake.html", context | {"form": form}, status=status)


def _visit_behind(request: HttpRequest, user: User) -> Visit | None:
    """The visit that the petition is made of, if it is made of one."""
    key = plain_number(request.POST.get("visit") or request.GET.get("visit") or "")
    if key is None:
        return None
    return get_object_or_404(Visit.objects.visible_to(user), pk=key)


def _registered(form: StaffPetitionForm, visit: Visit | None, user: User, now: datetime) -> Receipt:
    actor, source = Actor(user=user), Document.Source.PETITIONER
    if visit:
        return register_from_visit(visit, form, actor=actor, source=source, now=now)
    return register(form, actor=actor, source=source, now=now)


def _beginning(request: HttpRequest, user: User, visit: Visit | None) -> tuple[dict[str, Any], str, str]:
    """What the form begins with: a visit, a blank form's code, or nothing; the code typed and what is wrong with it."""
    if visit:
        if visit.has_person:
            record_visit_access(user, visit)
        return beginning_of(visit), "", ""
    code = request.GET.get("form", "").strip()
    if not code:
        return {}, "", ""
    try:
        kind = blank_forms.kind_of(code)
    except blank_forms.UnknownForm as unknown:
        return {}, code, str(unknown)
    return {"kind": kind, "channel": Petition.Channel.LETTER.value}, code, ""


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
