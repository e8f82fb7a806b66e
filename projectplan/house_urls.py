"""All pages of the plan's room: the plan itself, its indicators with what belongs to them, and the office's diary."""

from django.urls import include, path

from projectplan import plan_urls, urls
from projectplan.views import diary

app_name = urls.app_name
urlpatterns = [
    path("plan/", include(plan_urls.urlpatterns)),
    path("kpis/", include(urls.urlpatterns)),
    path("diary/", diary.diary, name="diary"),
    path("diary/day/", diary.one_day, name="diary_day"),
    path("diary/ahead/", diary.ahead, name="diary_ahead"),
]
