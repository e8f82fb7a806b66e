"""Changes of tables that an office does not notice while it works; docs/upgrade.md says when each is wanted."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddIndex
from django.db.migrations.state import ProjectState


class AddIndexQuietly(AddIndexConcurrently):
    """An index made beside the work on PostgreSQL, in the ordinary way elsewhere; its migration is `atomic = False`."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make it."""
        self._way(schema_editor).database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop it."""
        self._way(schema_editor).database_backwards(app_label, schema_editor, from_state, to_state)

    def _way(self, schema_editor: BaseDatabaseSchemaEditor) -> Any:
        is_quiet = schema_editor.connection.vendor == "postgresql"
        return super() if is_quiet else AddIndex(self.model_name, self.index)
