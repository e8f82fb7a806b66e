"""The page behind a contact's link: their own entry, the word that it is right, or what is to be corrected. No account,
one use."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from office.http import kept_secret
from office.models import Contact, ContactCorrection, ContactLink
from office.network_confirming import LinkClosed, confirm, correct
from office.network_forms import CorrectionForm

SENT: Final = "contact_link_sent"


@login_not_required
@kept_secret
def own(request: HttpRequest, secret: str) -> HttpResponse:
    """One's own entry. A GET only shows; confirming and correcting are posts."""
    now = timezone.now()
    link = ContactLink.find(secret)
    if link is None:
        return render(request, "links/broken.html", status=404)
    if request.session.get(SENT, [None])[0] == link.pk:
        return render(request, "office/contact/thanks.html", {"was_right": request.session[SENT][1]})
    if not link.is_usable(now):
        return render(request, "office/contact/closed.html", {"link": link}, status=410)
    contact: Contact = link.contact
    if request.method != "POST":
        return _page(request, contact, CorrectionForm(initial=_initial(contact)))
    form = CorrectionForm(request.POST, instance=ContactCorrection(contact=contact))
    is_right = request.POST.get("act") == "right"
    if not is_right and not form.is_valid():
        return _page(request, contact, form, status=422)
    try:
        if is_right:
            confirm(link, now)
        else:
            correct(link, form.save(commit=False), now)
    except LinkClosed:  # a second window was quicker: the page says so when shown anew
        return redirect(request.path)
    request.session[SENT] = [link.pk, is_right]
    return redirect(request.path)


def _initial(contact: Contact) -> dict[str, Any]:
    return {name: getattr(contact, name) for name in ContactCorrection.FIELDS}


def _page(request: HttpRequest, contact: Contact, form: CorrectionForm, *, status: int = 200) -> HttpResponse:
    context = {"contact": contact, "form": form}
    return render(request, "office/contact/own.html", context, status=status)
