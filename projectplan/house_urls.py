"""All pages of the plan's room: the plan itself, its indicators with what belongs to them, and what stands above every
room: the page of today with its acts, the office's diary and its topics."""

from django.urls import include, path

from projectplan import plan_urls, urls
from projectplan.views import deciding, diary, handing_over, open_data_switch, today, topics

app_name = urls.app_name
urlpatterns = [
    path("plan/open-data/", open_data_switch.switches, name="open_data"),
    path("plan/open-data/<slug:code>/", open_data_switch.switch, name="open_data_switch"),
    path("plan/", include(plan_urls.urlpatterns)),
    path("kpis/", include(urls.urlpatterns)),
    path("today/", today.today, name="today"),
    path("today/act/<int:pk>/", today.act, name="act"),
    path("today/take/<int:pk>/", today.take, name="today_take"),
    path("today/decide/", deciding.decide_next, name="decide_next"),
    path("today/decide/<int:pk>/", deciding.decide, name="decide"),
    path("today/hand-over/", handing_over.preview, name="hand_over"),
    path("today/hand-over/confirm/", handing_over.confirm, name="hand_over_confirm"),
    path("today/hand-back/", handing_over.hand_back, name="hand_back"),
    path("diary/", diary.diary, name="diary"),
    path("diary/day/", diary.one_day, name="diary_day"),
    path("diary/ahead/", diary.ahead, name="diary_ahead"),
    path("topics/", topics.topics, name="topics"),
    path("topics/new/", topics.new, name="topic_new"),
    path("topics/<int:pk>/", topics.topic, name="topic"),
    path("topics/<int:pk>/edit/", topics.edit, name="topic_edit"),
    path("topics/<int:pk>/add/", topics.add, name="topic_add"),
    path("topics/<int:pk>/out/<int:matter_pk>/", topics.remove, name="topic_remove"),
    path("topics/of/<int:matter_pk>/", topics.choose, name="topic_choose"),
]
