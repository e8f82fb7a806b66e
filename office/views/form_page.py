"""A form on a page of its own, for rows that no step carries."""

from __future__ import annotations

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from office.http import StaffRequest


def form_page(
    request: StaffRequest, form: BaseForm, *, heading: str, back: str, section: str, button: str = ""
) -> HttpResponse:
    """One form; with faults beside the fields it is shown again as 422. `back` is where one came from."""
    context = {
        "form": form,
        "heading": heading,
        "back": back,
        "section": section,
        "button": button or _("Save"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "layouts/form_page.html", context, status=status)
