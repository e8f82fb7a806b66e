"""The petitions' public pages: file one without an account, keep the receipt, follow it with number and code."""

from __future__ import annotations

import math
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from complaints import follow as following
from complaints.forms.follow import FollowForm
from complaints.forms.intake import PublicPetitionForm
from complaints.models import Petition
from complaints.registration import RECEIPT, Receipt, register
from office import limits
from office.documents import MEGABYTE
from office.models import Deadline, Document
from office.steps import Actor

# As it stands in the history, in the office's own language whatever the petitioner reads.
PETITIONER: Final = "ผู้ร้อง"
UPLOAD_LIMIT: Final = "500/hour"  # megabytes from one address, so that nobody fills the disk
TOO_MANY: Final = 429


@login_not_required
def new(request: HttpRequest) -> HttpResponse:
    """The form; a valid one is registered and leads to the receipt. Whatever goes wrong, what was typed stays."""
    now = timezone.now()
    if request.method != "POST":
        return render(request, "complaints/public/new.html", {"form": PublicPetitionForm(now=now)})
    address = limits.client_address(request)
    files = _files_within_limit(request, address)
    form = PublicPetitionForm(request.POST, request.FILES if files is None else files, now=now)
    if files is not None:
        form.add_error(
            "attachments", _("Too many files came from this network. Attach them again in an hour.")
        )
    status = 200
    if form.is_valid():
        if limits.allow("petition", settings.PUBLIC_FORM_LIMIT, address):
            receipt = register(
                form, actor=Actor(label=PETITIONER), source=Document.Source.PETITIONER, now=now
            )
            receipt.keep(request.session, now)
            return redirect("petition:receipt")
        form.add_error(
            None,
            _(
                "Many petitions came from this network in a short time. What you wrote is still here: "
                "wait a while and press send once more."
            ),
        )
        status = TOO_MANY
    return render(request, "complaints/public/new.html", {"form": form}, status=status)


def _files_within_limit(request: HttpRequest, address: str) -> MultiValueDict[str, UploadedFile] | None:
    """None when the files may be taken; else what to take instead of them, nothing."""
    size = sum(file.size or 0 for name in request.FILES for file in request.FILES.getlist(name))
    megabytes = math.ceil(size / MEGABYTE)
    if not megabytes or limits.allow("upload", UPLOAD_LIMIT, address, cost=megabytes):
        return None
    return MultiValueDict()


@login_not_required
@never_cache
def receipt(request: HttpRequest) -> HttpResponse:
    """Number and secret code, for this browser and half an hour; a POST wipes them from it at once."""
    if request.method == "POST":
        request.session.pop(RECEIPT, None)
        return redirect("office:front")
    kept = Receipt.of(request.session, timezone.now())
    petition = (
        Petition.objects.filter(pk=kept.petition_id).select_related("petitioner").first() if kept else None
    )
    if kept is None or petition is None:
        return render(request, "complaints/public/receipt_gone.html", status=410)
    context = {
        "petition": petition,
        "code": kept.code,
        "opinion": petition.deadlines.filter(kind=Deadline.Kind.OPINION).first(),
        "follow_address": f"{settings.SITE_URL}{reverse('petition:follow')}",
        "by_email": bool(hasattr(petition, "petitioner") and petition.petitioner.email),
    }
    return render(request, "complaints/public/receipt.html", context)


@login_not_required
@never_cache
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for number and code, and show the plain history. The code travels by POST only, never in an address."""
    form = FollowForm(request.POST or None)
    status = 200
    if form.is_valid():
        number, code = form.cleaned_data["number"], form.cleaned_data["code"]
        tries = [("follow-address", limits.client_address(request)), ("follow-number", _same_number(number))]
        if not all(limits.has_room(scope, settings.FOLLOW_LIMIT, who) for scope, who in tries):
            form.add_error(None, _("There were too many wrong tries. Wait a while, then try again."))
            status = TOO_MANY
        elif petition := following.find(number, code):
            return render(request, "complaints/public/history.html", {"history": following.history(petition)})
        else:
            for scope, who in tries:
                limits.allow(scope, settings.FOLLOW_LIMIT, who)
            form.add_error(None, _("No matter has this number and this code. Check both and try again."))
    return render(request, "complaints/public/follow.html", {"form": form}, status=status)


def _same_number(typed: str) -> str:
    """One name for one number, in whatever shape it was typed."""
    return str(following.parse_number(typed))
