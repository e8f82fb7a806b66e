"""The shared ground of the office as a Django application."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def prepare_database(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """After `migrate`: indexes and guards, then the rows that no office can start without."""
    from office import database, reference

    database.install(connections[using])
    reference.load(using)


class OfficeConfig(AppConfig):
    name = "office"
    verbose_name = _("The office")

    def ready(self) -> None:
        from office import (  # (the first two register audited models and system checks)
            audit,  # noqa: F401
            beat,
            checks,  # noqa: F401
            idle,
            lengths,
            metrics,
            requests,
            sign_in_log,
        )

        lengths.write_in_figures()
        beat.listen()
        metrics.listen()
        requests.listen()
        idle.listen()
        sign_in_log.listen()

        post_migrate.connect(prepare_database, sender=self)
