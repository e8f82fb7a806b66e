"""The offer to undo that a message carries."""

from __future__ import annotations

from django import template
from django.contrib.messages.storage.base import Message

from office.undo import TAG

register = template.Library()


@register.filter
def undo_offer(message: Message) -> str:
    """The sealed offer, or "" where the message makes none."""
    tags = str(message.extra_tags or "")
    return tags.removeprefix(TAG) if tags.startswith(TAG) else ""
