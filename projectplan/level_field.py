"""One to five as a row of radio buttons with words, the best first, as paper forms have them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from office.figures import figures
from projectplan.models import Score


class LevelRadios(forms.RadioSelect):
    """Five boxes side by side: the figure large, its words under it."""

    template_name = "projectplan/widgets/levels.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "form-check-input", **(attrs or {})})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Django's option with its figure."""
        return super().create_option(name, value, *args, **kwargs) | {"figure": figures(value)}


class LevelField(forms.TypedChoiceField):
    """Cleans to a number from 1 to 5, or None where it may be left open."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[(level.value, level.label) for level in reversed(Score.Level)],
            coerce=int,
            empty_value=None,
            widget=LevelRadios,
            error_messages={
                "required": _("Choose one of the five."),
                "invalid_choice": _("Choose one of the five."),
            },
            **kwargs,
        )
