"""Migration operations for tables of many rows, which SQLite would write anew for every column or constraint."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class AddBlankText(migrations.AddField):
    """A new text column, blank in every row there is: on SQLite said once in the table's head, not in each row."""

    def database_forwards(
        self,
        app_label: str,
        editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        field = model._meta.get_field(self.name)
        definition, params = editor.column_sql(model, field, include_default=True)
        table, column = editor.quote_name(model._meta.db_table), editor.quote_name(field.column)
        editor.execute(f"ALTER TABLE {table} ADD COLUMN {column} {definition}", params)


class WidenCheck(migrations.AddConstraint):
    """A check that allows more from now on, under its old name; so no row there is has to be looked at.

    On SQLite only the table's head is written, in the way its manual gives for a change of a constraint
    ("Making Other Kinds Of Table Schema Changes").
    """

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.remove_constraint(app_label, self.model_name_lower, self.constraint.name)
        super().state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        old, new = (state.apps.get_model(app_label, self.model_name) for state in (from_state, to_state))
        if editor.connection.vendor == "sqlite":
            self._rewrite_head(editor, old, new)
            return
        editor.remove_constraint(old, self._of(old))
        editor.add_constraint(new, self._of(new))

    def database_backwards(
        self,
        app_label: str,
        editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The narrower check again; rows that it forbids stop the migration."""
        old, new = (state.apps.get_model(app_label, self.model_name) for state in (from_state, to_state))
        editor.remove_constraint(old, self._of(old))
        editor.add_constraint(new, self._of(new))

    def _of(self, model: Any) -> Any:
        return next(one for one in model._meta.constraints if one.name == self.constraint.name)

    def _rewrite_head(self, editor: BaseDatabaseSchemaEditor, old: Any, new: Any) -> None:
        table = new._meta.db_table
        was, becomes = (str(self._of(model).constraint_sql(model, editor)) for model in (old, new))
        with editor.connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
            head = cursor.fetchone()[0]
            if head.count(was) != 1:
                raise RuntimeError(f"The table {table} is not as the migrations made it: {was} is missing.")
            cursor.execute("PRAGMA schema_version")
            version = cursor.fetchone()[0]
            cursor.execute("PRAGMA writable_schema = ON")
            cursor.execute(
                "UPDATE sqlite_master SET sql = %s WHERE type = 'table' AND name = %s",
                [head.replace(was, becomes), table],
            )
            cursor.execute(f"PRAGMA schema_version = {version + 1}")
            cursor.execute("PRAGMA writable_schema = OFF")


class GiveUpKeyIndex(migrations.AlterField):
    """A foreign key without an index of its own, for another begins with its column; the rows stay as they are."""

    def database_forwards(
        self,
        app_label: str,
        editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        column = model._meta.get_field(self.name).column
        with editor.connection.cursor() as cursor:
            found = editor.connection.introspection.get_constraints(cursor, model._meta.db_table)
        for name, what in found.items():
            if what["index"] and not what["unique"] and what["columns"] == [column]:
                editor.execute(f"DROP INDEX {editor.quote_name(name)}")

    def database_backwards(
        self,
        app_label: str,
        editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        name = f"{self.model_name_lower}_{self.name}_own"[:30]
        editor.add_index(model, models.Index(fields=[self.name], name=name))
