"""Addresses of the petitions' public pages; no number and no code ever stands in one."""

from django.urls import path

from complaints import public

app_name = "petition"
urlpatterns = [
    path("", public.new, name="new"),
    path("receipt/", public.receipt, name="receipt"),
    path("follow/", public.follow, name="follow"),
]
