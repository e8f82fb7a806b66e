"""The plan, its indicators and the project as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def prepare_database(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """After `migrate`: the guards of the ledger, of what was signed, and of what is never changed."""
    from projectplan import agreement_guards, budget_guards, database, edition_guards

    budget_guards.install(connections[using])
    agreement_guards.install(connections[using])
    database.install(connections[using])
    edition_guards.install(connections[using])


class ProjectPlanConfig(AppConfig):
    name = "projectplan"
    verbose_name = _("Plan and indicators")

    def ready(self) -> None:
        post_migrate.connect(prepare_database, sender=self)
        from projectplan import audit_results  # noqa: F401  (it registers audited models)
