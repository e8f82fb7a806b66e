"""Addresses of the plan itself: reading it, changing it, its editions, rolling it over."""

from django.urls import path

from projectplan.views import plan, plan_editing, plan_editions, plan_rollover

urlpatterns = [
    path("", plan.plan, name="plan"),
    path("<int:year>/", plan.plan, name="plan"),
    path("<int:year>/edit/<str:part>/", plan_editing.edit, name="plan_edit"),
    path("<int:year>/remove/<str:part>/", plan_editing.remove, name="plan_remove"),
    path("<int:year>/editions/", plan_editions.editions, name="plan_editions"),
    path("<int:year>/editions/compare/", plan_editions.compare, name="plan_compare"),
    path("<int:year>/editions/<int:number>/", plan.edition, name="plan_edition"),
    path("<int:year>/editions/<int:number>.toml", plan_editions.export, name="plan_export"),
    path("<int:year>/roll-over/", plan_rollover.roll_over_page, name="plan_roll_over"),
]
