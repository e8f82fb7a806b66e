"""How long a text or a password may be, said in the figures of the page's language: Django's own messages count in
Arabic digits whatever the language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core import validators

from office.figures import figures


@dataclass(frozen=True)
class InFigures:
    """A message of a validator; once its numbers are put in, it reads in the figures of the page."""

    words: Any

    def __mod__(self, params: dict[str, Any]) -> str:
        return figures(self.words % params)

    def __str__(self) -> str:
        return str(self.words)


COUNTING = (
    validators.MinLengthValidator,
    validators.MaxLengthValidator,
    validators.MinValueValidator,
    validators.MaxValueValidator,
)


def write_in_figures() -> None:
    """Let Django's validators of lengths and limits speak in the figures of the page; safe to call again."""
    for validator in COUNTING:
        if not isinstance(validator.message, InFigures):
            validator.message = InFigures(validator.message)  # type: ignore[assignment]  # used as one: `message % params`


class MinimumLength(MinimumLengthValidator):
    """A password of at least so many characters."""

    def get_error_message(self) -> str:
        return figures(super().get_error_message())

    def get_help_text(self) -> str:
        return figures(super().get_help_text())
