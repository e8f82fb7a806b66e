"""Addresses of the plan's indicators."""

from django.urls import path, re_path

from projectplan import agreement_urls, results_urls
from projectplan.views import dashboard, glance, kpi, ledger, project, work, workload

app_name = "projectplan"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("strategies/", dashboard.strategies, name="strategies"),
    path("month/", dashboard.month_card, name="month_card"),
    path("glance/", glance.glance, name="glance"),
    path("glance/works/", glance.works, name="glance_works"),
    path("people/", workload.workload, name="workload"),
    path("people/promises/", workload.promises, name="promises"),
    # The project, its money and its calendar.
    path("project/", project.project, name="project"),
    path("project/<int:year>/", project.project, name="project_of"),
    path("project/<int:year>/budget.xlsx", project.budget_xlsx, name="budget_xlsx"),
    path("project/<int:year>/calendar/", project.calendar, name="budget_calendar"),
    path("project/activities/<int:pk>/", ledger.activity, name="budget_activity"),
    path("project/activities/<int:pk>/ledger.xlsx", ledger.activity_xlsx, name="budget_ledger_xlsx"),
    path("project/activities/<int:pk>/enter/<str:kind>/", ledger.enter, name="budget_enter"),
    path("project/activities/<int:pk>/milestone/", project.milestone_new, name="milestone_new"),
    path("project/milestones/<int:pk>/done/", project.milestone_done, name="milestone_done"),
    path("project/entries/<int:pk>/", ledger.entry, name="budget_entry"),
    path("project/entries/<int:pk>/decide/", ledger.decide, name="budget_decide"),
    path("project/entries/<int:pk>/reverse/", ledger.reverse, name="budget_reverse"),
    path("project/entries/<int:pk>/paper.pdf", ledger.voucher, name="budget_voucher"),
    path("project/files/<int:pk>/", ledger.file, name="budget_file"),
    # Indicators and standing works: their pages, values with evidence, frozen months
    re_path(r"^(?P<code>\d+(?:\.\d+)*)/$", kpi.kpi, name="kpi"),
    re_path(r"^(?P<code>\d+(?:\.\d+)*)/enter/$", kpi.entry_new, name="kpi_enter"),
    re_path(r"^(?P<code>\d+(?:\.\d+)*)/frozen/(?P<month>[\w-]+)/$", kpi.anew, name="kpi_anew"),
    path("works/<int:pk>/", work.work, name="work"),
    path("works/<int:pk>/frozen/<str:month>/", work.anew, name="work_anew"),
    path("evidence/<int:pk>/", kpi.evidence, name="kpi_evidence"),
]

# Seminars, surveys, training of each person.
urlpatterns += results_urls.urlpatterns

# Performance agreements.
urlpatterns += agreement_urls.urlpatterns
