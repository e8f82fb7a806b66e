"""The plan, its indicators and the project as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectPlanConfig(AppConfig):
    name = "projectplan"
    verbose_name = _("Plan and indicators")
