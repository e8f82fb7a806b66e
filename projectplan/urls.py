"""Addresses of the plan's indicators."""

from django.urls import path

from projectplan import views

app_name = "projectplan"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("month/", views.month_card, name="month_card"),
]
