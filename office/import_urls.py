"""Addresses by which registers of the past are brought; which ones is said where these are put into the project."""

from django.urls import path

from office.views import bringing

app_name = "imports"
urlpatterns = [
    path("", bringing.hub, name="hub"),
    path("<slug:register>/", bringing.upload, name="upload"),
    path("<slug:register>/sample/", bringing.sample, name="sample"),
    path("<slug:register>/<int:pk>/", bringing.preview, name="preview"),
    path("<slug:register>/<int:pk>/columns/", bringing.match, name="match"),
    path("<slug:register>/<int:pk>/load/", bringing.load, name="load"),
    path("<slug:register>/<int:pk>/state/", bringing.state, name="state"),
    path("<slug:register>/<int:pk>/wrong/", bringing.wrong, name="wrong"),
    path("<slug:register>/<int:pk>/throw/", bringing.throw, name="throw"),
]
