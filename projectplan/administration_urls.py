"""Addresses of the administrators' own pages beside Django admin."""

from django.urls import path

from projectplan.views import administration, leaving

app_name = "administration"
urlpatterns = [
    path("", administration.system, name="system"),
    path("failed/", administration.failed, name="failed"),
    path("failed/again/", administration.again, name="again"),
    path("clock/", administration.clock_page, name="clock"),
    path("clock/<str:name>/", administration.clock_entry, name="clock_entry"),
    path("clock/<str:name>/now/", administration.clock_now, name="clock_now"),
    path("leaving/", leaving.leavings, name="leavings"),
    path("leaving/<int:pk>/", leaving.leaving, name="leaving"),
    path("people/<int:pk>/leave/", leaving.leave, name="leave"),
]
