"""Registering what parliament brings, and the names of members that a form offers while one types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from office.http import StaffRequest
from office.views.registering import register_page
from parliament.forms.bills import BillForm
from parliament.forms.consultations import FORMS, RAISERS
from parliament.forms.interpellations import InterpellationForm
from parliament.forms.members import as_offered, named_like, newest_of_each
from parliament.forms.motions import MotionForm
from parliament.models import Member
from parliament.permissions import may_read, may_register
from parliament.registration import (
    register_bill,
    register_consultation,
    register_interpellation,
    register_motion,
)

SHORTEST = 2
"""Letters from which on names are offered."""


def new_bill(request: StaffRequest) -> HttpResponse:
    """Register a bill; a valid form leads to its page."""
    context = {"section": "bills"}
    return _new(request, BillForm, register_bill, "parliament/bill_new.html", context)


def new_consultation(request: StaffRequest, raiser: str) -> HttpResponse:
    """Register a consultation of a member or of an organisation."""
    if raiser not in FORMS:
        raise Http404
    context = {"section": "consultations", "raiser": raiser, "raisers": RAISERS}
    return _new(request, FORMS[raiser], register_consultation, "parliament/consultation_new.html", context)


def new_interpellation(request: StaffRequest) -> HttpResponse:
    """Register an interpellation; until when the chamber is to be answered is shown before it is saved."""
    context = {"section": "interpellations"}
    template = "parliament/interpellation_new.html"
    return _new(request, InterpellationForm, register_interpellation, template, context)


def new_motion(request: StaffRequest) -> HttpResponse:
    """Register a motion; a valid form leads to its page."""
    return _new(request, MotionForm, register_motion, "parliament/motion_new.html", {"section": "motions"})


def interpellation_due(request: StaffRequest) -> HttpResponse:
    """Until when the chamber is to be answered by what is typed so far: the line under the form's fields."""
    _refuse_readers(request)
    form = InterpellationForm(request.GET, user=request.user, now=timezone.now())
    return render(request, "parliament/answers/due.html", {"due": form.due()})


def _refuse_readers(request: StaffRequest) -> None:
    if not may_register.test(request.user):
        raise PermissionDenied(
            _("This is registered by the officers of the politics subgroup. Hand it to one of them.")
        )


def _new(
    request: StaffRequest,
    form_class: Callable[..., Any],
    register: Callable[..., Any],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    _refuse_readers(request)
    return register_page(request, form_class, register, template, context)


def member_names(request: StaffRequest) -> HttpResponse:
    """The names of members in which what was typed stands, as options; whatever the field is called."""
    if not may_read.test(request.user):
        raise PermissionDenied(_("Members are shown to those who handle the business of parliament."))
    typed = str(next(iter(request.GET.values()), "")).strip()
    members = newest_of_each(named_like(typed)) if len(typed) >= SHORTEST else []
    return HttpResponse(
        format_html_join(
            "",
            '<option value="{}">{}</option>',
            ((words, _of(one)) for words, one in as_offered(members)),
        )
    )


def _of(member: Member) -> str:
    """Party and area, by which two of one name are told apart."""
    return " · ".join(str(part) for part in (member.party, member.area) if part)
