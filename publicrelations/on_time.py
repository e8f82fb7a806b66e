"""Publishing what the head approved for a time that has come."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError

from office.steps import Actor, StepRefused, perform
from publicrelations.models.article import Article

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]
AT_ONCE: Final = 200
"""In one round; after a long outage the next round takes the rest."""


def publish_due(clock: Clock) -> int:
    """Publish what is due, the longest waiting first, each by itself; returns how many.

    Each is taken under its lock and only as it still waits, so two rounds at once publish it once. One that cannot
    appear keeps no other waiting; it stays due, and late, until it can.
    """
    published = 0
    for article in Article.objects.due(clock()).only("pk")[:AT_ONCE]:
        try:
            perform(article, "publish_on_time", actor=Actor(is_clock=True), seen=None, now=clock())
            published += 1
        except StepRefused:
            pass  # another round, or the head, was faster
        except ValidationError as lacking:
            logger.warning("Article %s is due and cannot appear yet: %s", article.pk, lacking.messages)
        except Exception:
            logger.exception("Article %s is due and could not be published", article.pk)
    return published
