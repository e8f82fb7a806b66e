"""Addresses of retention: reviews, holds, and requests about one's own data."""

from django.urls import path

from projectplan.views import person_requests, retention

app_name = "retention"
urlpatterns = [
    path("", retention.index, name="index"),
    path("batches/<int:pk>/", retention.batch, name="batch"),
    path("batches/<int:pk>/check/", retention.check, name="check"),
    path("batches/<int:pk>/confirm/", retention.confirm, name="confirm"),
    path("batches/<int:pk>/give-back/", retention.give_back, name="give_back"),
    path("matters/<int:pk>/hold/", retention.hold, name="hold"),
    path("matters/<int:pk>/lift/", retention.lift, name="lift"),
    path("requests/", person_requests.requests, name="requests"),
    path("requests/new/", person_requests.new, name="request_new"),
    path("requests/<int:pk>/", person_requests.request_page, name="request"),
    path("requests/<int:pk>/search/", person_requests.search, name="request_search"),
    path("requests/<int:pk>/verdicts/", person_requests.verdicts, name="request_verdicts"),
    path("requests/<int:pk>/export/", person_requests.export, name="request_export"),
    path("exports/<int:pk>/", person_requests.take, name="export_take"),
]
