"""Addresses of performance agreements; they stand among those of the plan."""

from django.urls import path

from projectplan.views import agreement_acts, agreement_writing, agreements

urlpatterns = [
    path("agreements/", agreements.everybodys, name="agreements"),
    path("agreements/mine/", agreements.mine, name="my_agreement"),
    path("agreements/begin/", agreements.begin_own, name="agreement_begin"),
    path("agreements/begin/group/", agreements.begin_group, name="agreement_begin_group"),
    path("agreements/waiting/", agreements.waiting, name="agreements_waiting"),
    path("agreements/<int:pk>/", agreements.one, name="agreement"),
    path("agreements/<int:pk>/write/", agreement_writing.writing, name="agreement_write"),
    path("agreements/<int:pk>/do/<slug:name>/", agreement_acts.act_page, name="agreement_act"),
    path("agreements/<int:pk>/paper/<slug:which>/", agreement_acts.paper, name="agreement_paper"),
]
