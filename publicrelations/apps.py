"""Public relations as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def prepare_database(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """After `migrate`: guards, then the rows that no matter of public relations can be carried without."""
    from publicrelations import database, reference

    database.install(connections[using])
    reference.load(using)


class PublicRelationsConfig(AppConfig):
    name = "publicrelations"
    verbose_name = _("Public Relations")

    def ready(self) -> None:
        from publicrelations import audit  # noqa: F401  (it registers audited models)

        post_migrate.connect(prepare_database, sender=self)
