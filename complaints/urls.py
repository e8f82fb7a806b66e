"""Addresses of the petitions subgroup's own pages."""

from django.urls import path

from complaints.views import detail, intake, lists, steps

app_name = "complaints"
urlpatterns = [
    path("", lists.petitions, name="petitions"),
    path("by-id/", lists.by_thai_id, name="by_thai_id"),
    path("filter/", lists.petition_filter, name="petition_filter"),
    path("new/", intake.intake, name="intake"),
    path("receipt/", intake.receipt, name="receipt"),
    path("<int:pk>/", detail.petition, name="petition"),
    path("<int:pk>/petitioner/", detail.petitioner, name="petitioner"),
    path("<int:pk>/<slug:name>/", steps.step, name="step"),
]
