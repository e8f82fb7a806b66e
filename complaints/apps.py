"""Petitions and their reports as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def prepare_database(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """After `migrate`: the rows that no petition can be carried without."""
    from complaints import reference

    reference.load(using)


class ComplaintsConfig(AppConfig):
    name = "complaints"
    verbose_name = _("Petitions and Complaints")

    def ready(self) -> None:
        from complaints import audit  # noqa: F401  (it registers audited models)

        post_migrate.connect(prepare_database, sender=self)
