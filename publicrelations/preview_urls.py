"""Addresses of previews, by links without an account."""

from django.urls import path

from publicrelations import preview

app_name = "preview"

urlpatterns = [
    path("<str:secret>/", preview.article, name="article"),
    path("<str:secret>/pictures/<int:pk>/<str:name>", preview.picture, name="picture"),
]
