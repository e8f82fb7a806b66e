"""Where an article stands, in which languages it is written, and in which states what is open."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class ArticleState(models.TextChoices):
    """Where an article stands, named by what it waits for."""

    DRAFT = "draft", _("Being written")
    CHECKING = "checking", _("Waiting for the head's check")
    SCHEDULED = "scheduled", _("Approved, waiting for its time")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DROPPED = "dropped", _("Given up")


class Language(models.TextChoices):
    """In which language an article is written."""

    THAI = "th", _("Thai")
    ENGLISH = "en", _("English")


UNPUBLISHED: Final = [ArticleState.DRAFT, ArticleState.CHECKING, ArticleState.SCHEDULED]
"""Nobody outside has read it yet; everything about it is still to come."""
ENDED: Final = [ArticleState.PUBLISHED, ArticleState.WITHDRAWN, ArticleState.DROPPED]
"""Nothing is owed any more; a published article may still be corrected or withdrawn."""
