"""The page of any register, and its filter's form."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from office.http import StaffRequest
from office.list_export import asks_for_file, list_file, without_file
from office.registers import Register


def register_page(request: StaffRequest, register: Register) -> HttpResponseBase:
    """The register: what a person may see of it, the open ones unless the address says otherwise; or it as a file."""
    if form := asks_for_file(request.GET):
        return list_file(request, register.file(without_file(request.GET), request.user), form)
    return render(request, register.template, register.context(request.GET, request.user))


def register_filter(request: StaffRequest, register: Register) -> HttpResponse:
    """The filter's form, opened inside the list or as a page of its own; the list is where it goes."""
    filterset = register.filter(
        request.GET or None, queryset=register.model.objects.none(), user=request.user, drawn=True
    )
    context = {
        "register": register,
        "section": register.section,
        "filter": filterset,
        "order": request.GET.get("order", ""),
    }
    name = "parts/register_filter_form.html" if request.htmx else "layouts/register_filter.html"
    return render(request, name, context)
