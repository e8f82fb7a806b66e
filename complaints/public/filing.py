"""Filing a petition: the form, and the receipt with number and code."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from complaints import drafts
from complaints.forms.intake import PublicPetitionForm
from complaints.models import Petition
from complaints.public import PETITIONER, TOO_MANY
from complaints.public.drafts import LATER, code_on_page, keep_for_later
from complaints.public.uploads import files_within_limit
from complaints.registration import RECEIPT, Receipt, register
from office import limits
from office.models import Deadline, Document
from office.steps import Actor


@login_not_required
def new(request: HttpRequest) -> HttpResponse:
    """The form; a valid one is registered and leads to the receipt. Whatever goes wrong, what was typed stays."""
    now = timezone.now()
    if request.method != "POST":
        return render(request, "complaints/public/new.html", {"form": PublicPetitionForm(now=now)})
    files, too_much = files_within_limit(request)
    form = PublicPetitionForm(request.POST, files, now=now)
    if too_much:
        form.add_error("attachments", too_much)
    if LATER in request.POST:
        return keep_for_later(request, form, now)
    status = 200
    if form.is_valid():
        if limits.allow("petition", settings.PUBLIC_FORM_LIMIT, limits.client_address(request)):
            receipt = register(
                form, actor=Actor(label=PETITIONER), source=Document.Source.PETITIONER, now=now
            )
            if code := code_on_page(request):
                drafts.discard(code)
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
    context = {"form": form, "draft": request.POST.get("draft", "")}
    return render(request, "complaints/public/new.html", context, status=status)


@login_not_required
@never_cache
def receipt(request: HttpRequest) -> HttpResponse:
    """Number and secret code, for this browser and half an hour; a POST wipes them from it at once."""
    if request.method == "POST":
        request.session.pop(RECEIPT, None)
        return redirect("site:home")
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
