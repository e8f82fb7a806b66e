"""Addresses behind a link that needs no account: an answer to an invitation of the press, and its papers."""

from django.urls import URLPattern, URLResolver, path

from publicrelations import invited

app_name = "publicrelations_links"

urlpatterns: list[URLPattern | URLResolver] = [
    path("invited/<str:secret>/", invited.invited, name="invited"),
    path("invited/<str:secret>/calendar.ics", invited.invited_calendar, name="invited_calendar"),
    path("invited/<str:secret>/papers/<int:pk>/", invited.invited_paper, name="invited_paper"),
]
