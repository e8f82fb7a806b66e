"""All pages of the plan's room: the plan itself, and its indicators with what belongs to them."""

from django.urls import include, path

from projectplan import plan_urls, urls

app_name = urls.app_name
urlpatterns = [
    path("plan/", include(plan_urls.urlpatterns)),
    path("kpis/", include(urls.urlpatterns)),
]
