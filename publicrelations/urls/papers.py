"""The address of the rows behind the reports' figures."""

from django.urls import URLPattern, URLResolver, path

from publicrelations.views import counted

patterns: list[URLPattern | URLResolver] = [path("counted/", counted.counted, name="counted")]
