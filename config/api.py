"""The API of the house, put together from its rooms: /api/v1/, read-only, with its document (OpenAPI 3.1)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe
from ninja.openapi.views import openapi_json

from complaints.api import router as petitions
from office.api import ReadingAPI, answer_refusals
from parliament.api import router as business
from projectplan.api import router as plan
from publicrelations.api import router as relations

DESCRIPTION = """The registers of the Political Coordination Group, for other systems of the ministry. Only for reading.

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


def _resources() -> list[URLPattern]:
    """The addresses of the resources; there the token takes the place of signing in."""
    patterns = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)]
    for pattern in patterns:
        login_not_required(pattern.callback)
    return patterns


app_name = "api"
urlpatterns = [path("openapi.json", document, name="document"), *_resources()]
