"""The page that explains the API to people: drawn on the server from the same document that programs read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """Something that may be asked, or that is told: its name, what it means, the values it can have."""

    name: str
    about: str
    values: list[str]


@dataclass(frozen=True)
class Resource:
    """One address of the API."""

    path: str
    about: str
    asked: list[Field]
    told: list[Field]


def resources(document: Schema) -> list[Resource]:
    """Every address with what may be asked there and what is told."""
    return [
        Resource(
            path,
            said["get"]["description"],
            [_field(asked["name"], asked, asked["schema"], document) for asked in said["get"]["parameters"]],
            list(_told(said["get"], document)),
        )
        for path, said in document["paths"].items()
    ]


def _told(operation: Schema, document: Schema) -> Iterator[Field]:
    page = _meant(operation["responses"][200]["content"]["application/json"]["schema"], document)
    row = _meant(page["properties"]["items"]["items"], document)
    for name, one in row["properties"].items():
        yield _field(name, one, one, document)


def _field(name: str, said: Schema, schema: Schema, document: Schema) -> Field:
    return Field(name, said.get("description", ""), list(_values(schema, document)))


def _values(schema: Schema, document: Schema) -> Iterator[str]:
    """The values that a field is limited to, also where it may be empty."""
    for one in schema.get("anyOf", [schema]):
        yield from map(str, _meant(one, document).get("enum", []))


def _meant(schema: Schema, document: Schema) -> Schema:
    """What a reference refers to; anything else is meant as it stands."""
    found: Schema = document
    if "$ref" not in schema:
        return schema
    for part in schema["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return found
