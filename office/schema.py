"""Migration operations for tables of many rows, which SQLite would write anew for every column or constraint."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class AddBlankText(migrations.AddField):
    """A new text column, blank in every row there is: on SQLite said once in the table's head, not in each row."""

    def database_forwards(
        self, app_label: str, editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        field = model._meta.get_field(self.name)
        definition, params = editor.column_sql(model, field, include_default=True)
        table, column = editor.quote_name(model._meta.db_table), editor.quote_name(field.column)
        editor.execute(f"ALTER TABLE {table} ADD COLUMN {column} {definition}", params)


class ReplaceConstraint(migrations.AddConstraint):
    """A constraint that says something else from now on under its old name: on SQLite one new table instead of two."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.remove_constraint(app_label, self.model_name_lower, self.constraint.name)
        super().state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        old, new = (state.apps.get_model(app_label, self.model_name) for state in (from_state, to_state))
        if editor.connection.vendor == "sqlite":
            editor._remake_table(new)  # type: ignore[attr-defined]  # Django's own door to it takes one at a time
            return
        editor.remove_constraint(old, self._of(old))
        editor.add_constraint(new, self._of(new))

    def database_backwards(
        self, app_label: str, editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self.database_forwards(app_label, editor, from_state, to_state)

    def _of(self, model: Any) -> Any:
        return next(one for one in model._meta.constraints if one.name == self.constraint.name)
