"""Letters of public relations to those outside the office. Each kind has its writer in a module of its own; here they
come together.

The words and the address are found when a letter is sent, so neither secrets nor personal data lie in the outbox.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils.translation import override

from office.letters import Letter
from office.models import Notice
from publicrelations import press_letters

Writer = Callable[[Notice, datetime], Letter | None]
"""Takes the notice and the moment it is sent; None when there is nobody to send it to, or nothing left to say."""

WRITERS: Final[dict[str, Writer]] = {Notice.Kind.PRESS_INVITATION: press_letters.compose}


def compose(notice: Notice, *, now: datetime) -> Letter | None:
    """The letter of a notice, in the office's language; None for a kind that is not public relations'."""
    with override(settings.LANGUAGE_CODE):
        writer = WRITERS.get(notice.kind)
        return writer(notice, now) if writer else None
