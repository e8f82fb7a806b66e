"""Addresses of the pages that every room shares."""

from django.urls import path

from office import views
from office.views import calendar, documents, matter, notices, personal, presence, saved_views, search

app_name = "office"
urlpatterns: list = [
    path("", views.front, name="front"),
    path("today/", views.today, name="today"),
    path("search/", search.search, name="search"),
    path("search/results/", search.results, name="results"),
    path("views/save/", saved_views.save_view, name="save_view"),
    path("views/<int:pk>/delete/", saved_views.delete_view, name="delete_view"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/add/", calendar.add, name="calendar_add"),
    path("calendar/<int:pk>/remove/", calendar.remove, name="calendar_remove"),
    path("calendar/moves/", calendar.moves, name="calendar_moves"),
    path("matters/<int:pk>/", matter.matter, name="matter"),
    path("matters/<int:pk>/presence/", presence.presence, name="presence"),
    path("files/<int:pk>/", documents.document, name="document"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("notices/<int:pk>/open/", notices.notice_open, name="notice_open"),
    path("notices/<int:pk>/read/", notices.notice_read, name="notice_read"),
    path("personal/", personal.personal, name="personal"),
]
