"""Addresses of the open data: for good, by dataset and fiscal year."""

from django.urls import path, re_path

from projectplan.views import open_data

app_name = "open_data"
urlpatterns = [
    path("", open_data.open_data, name="datasets"),
    path("catalog.json", open_data.catalogue, name="catalogue"),
    path("<slug:code>/", open_data.dataset, name="dataset"),
    re_path(
        r"^(?P<code>[a-z-]{1,40})/(?P<year>25[0-9]{2}|26[0-9]{2})\.(?P<form>csv|json)$",
        open_data.file,
        name="file",
    ),
]
