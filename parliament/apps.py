"""The minister's business in parliament as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def prepare_database(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """After `migrate`: guards, then the rows that no matter of parliament can be carried without."""
    from parliament import database, reference

    database.install(connections[using])
    reference.load(using)


class ParliamentConfig(AppConfig):
    name = "parliament"
    verbose_name = _("Political Affairs")

    def ready(self) -> None:
        from parliament import audit  # noqa: F401  (it registers audited models)

        post_migrate.connect(prepare_database, sender=self)
