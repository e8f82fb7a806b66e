"""Addresses behind a link that needs no account: an agency's answer, a notice acknowledged, a calendar feed."""

from django.urls import URLPattern, URLResolver, path

from parliament import agency, telling

app_name = "parliament_links"

urlpatterns: list[URLPattern | URLResolver] = [
    path("ask/<str:secret>/", agency.answer, name="ask"),
    path("told/<str:secret>/", telling.told, name="told"),
]
