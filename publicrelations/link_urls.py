"""Addresses behind a link that needs no account: an answer to an invitation of the press."""

from django.urls import URLPattern, URLResolver, path

from publicrelations import invited

app_name = "publicrelations_links"

urlpatterns: list[URLPattern | URLResolver] = [
    path("invited/<str:secret>/", invited.invited, name="invited"),
    path("invited/<str:secret>/calendar.ics", invited.invited_calendar, name="invited_calendar"),
]
