"""Who else has the matter of a page open: drawn with the page, so that it is said without scripts too."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from office.models import Matter
from office.presence import come, mark, names

register = template.Library()


@register.simple_tag(takes_context=True)
def others_here(context: Any, matter: Matter) -> dict[str, Any]:
    """The others who have this matter open, and their mark; notes that this person has."""
    others = come(matter.pk, context["request"].user, timezone.now())
    return {"names": names(others), "mark": mark(others)}
