"""The front door: the public page for strangers, today for the people of the office."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("office:today")
    return render(request, "office/front.html")
