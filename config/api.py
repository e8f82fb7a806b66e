"""The API of the house, put together from its rooms: /api/v1/, read-only, with its document (OpenAPI 3.1)."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe
from ninja.openapi.views import openapi_json

from complaints.api import router as petitions
from config.api_page import resources
from office.api import ReadingAPI, answer_refusals
from parliament.api import router as business
from projectplan.api import router as plan
from publicrelations.api import router as relations

ROOT: Final = "api-root"
"""The name by which the library finds out where the API stands."""
DESCRIPTION: Final = """The registers of the Political Coordination Group, for other systems of the ministry. Read-only.

Every request carries a token (`Authorization: Bearer …`) that an administrator of the office made for it; a token reads
the resources it was made for. Only matters of ordinary secrecy are told of, and nothing of the people who petition."""

api = ReadingAPI(
    title="Prasan",
    version="1.0.0",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,  # given out below, where nobody needs to sign in
    urls_namespace="api",
)
answer_refusals(api)
for router in (petitions, business, relations, plan):
    api.add_router("", router)


@login_not_required
@require_safe
def document(request: HttpRequest) -> HttpResponse:
    """The document for programs; it says nothing but what can be asked."""
    return openapi_json(request, api)


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The same for people; nothing of it comes from another site."""
    context = {"resources": resources(api.get_openapi_schema()), "limit": settings.API_LIMIT}
    return render(request, "api/about.html", context)


def _resources() -> list[URLPattern]:
    """The addresses of the resources; there the token takes the place of signing in."""
    patterns = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != ROOT]
    for pattern in patterns:
        login_not_required(pattern.callback)
    return patterns


app_name = "api"
urlpatterns = [
    path("", about, name=ROOT),
    path("openapi.json", document, name="document"),
    *_resources(),
]
