"""Rows of one table waiting to be written: the model's own columns, keys given beforehand, put in in bulk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from django.db import connection, models

Row = Sequence[Any]

to_json: Final = json.JSONEncoder(ensure_ascii=False).encode
"""As both databases read it; Thai stays Thai, which takes half the room."""


class Sheet:
    """Rows of one model, as tuples in the order of `fields`."""

    def __init__(
        self, model: type[models.Model], fields: Sequence[str], *, others_by_default: bool = False
    ) -> None:
        """Raises TypeError unless `fields` are all that the model has, or the others may take their default."""
        own = {field.name: field for field in model._meta.local_concrete_fields if not field.generated}
        left_out = [name for name in own if name not in fields and others_by_default]
        if set(own) != {*fields, *left_out}:
            raise TypeError(f"{model.__name__} has other fields now: {set(own) ^ set(fields)}")
        self.model = model
        self.table = model._meta.db_table
        self.columns = [own[name].column for name in (*fields, *left_out)]
        self._defaults = tuple(_stored_default(own[name]) for name in left_out)
        self.gives_keys = "id" in fields
        self.rows: list[Row] = []
        self._next_key = 1

    def next_key(self) -> int:
        key = self._next_key
        self._next_key += 1
        return key

    def take(self) -> list[Row]:
        """The rows that are waiting; none waits afterwards."""
        rows, self.rows = self.rows, []
        return rows

    def write(self, rows: list[Row]) -> None:
        if not rows:
            return
        if self._defaults:
            rows = [(*row, *self._defaults) for row in rows]
        names = ", ".join(f'"{column}"' for column in self.columns)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{self.table}" ({names}) FROM STDIN') as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                places = ", ".join(["%s"] * len(self.columns))
                cursor.executemany(f'INSERT INTO "{self.table}" ({names}) VALUES ({places})', rows)  # nosec B608 # names of our own table and columns


def _stored_default(field: models.Field[Any, Any]) -> Any:
    """What a row has that says nothing of a field."""
    return field.get_db_prep_save(field.get_default(), connection)
