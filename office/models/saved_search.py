"""Saved searches: words and facets somebody keeps, to be told when another matter comes to fit them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from office import seals
from office.models.matter import Matter

PURPOSE: Final = "saved-search"


@dataclass(frozen=True)
class KeptSearch:
    """What is kept: its name, the words as typed, the facets by key, and what these were called when it was saved."""

    name: str
    words: str
    chosen: dict[str, str] = field(default_factory=dict)
    narrowed_to: list[str] = field(default_factory=list)


class SavedSearch(models.Model):
    """A search of one person. Names are searched for, so all that was typed lies encrypted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    sealed = models.TextField(editable=False)
    is_paused = models.BooleanField(_("paused"), default=False)
    by_email = models.BooleanField(_("also by e-mail"), default=False)
    made_at = models.DateTimeField(_("saved at"))
    checked_at = models.DateTimeField(_("last looked at"))
    knows_all = models.BooleanField(
        help_text=_(
            "Whether all that it found when saved is known one by one; else only newer matters are told of."
        )
    )
    newest_matter = models.PositiveBigIntegerField(
        help_text=_("The newest matter of the office when it was saved.")
    )
    last_event = models.PositiveBigIntegerField(help_text=_("The event up to which it was looked at."))

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["pk"]
        indexes = [
            # The round: those that were looked at the longest ago.
            models.Index(
                fields=["checked_at"], condition=models.Q(is_paused=False), name="saved_search_to_check"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}:{self.pk}"

    @property
    def kept(self) -> KeptSearch:
        """What was kept. Raises ValueError when the key it was sealed with is no more."""
        return KeptSearch(**json.loads(seals.decrypt(self.sealed, purpose=PURPOSE)))

    def keep(self, kept: KeptSearch) -> None:
        """Seal what is to be kept; the caller saves."""
        self.sealed = seals.encrypt(json.dumps(asdict(kept), ensure_ascii=False), purpose=PURPOSE)


class SavedSearchMatch(models.Model):
    """A matter that a saved search knows: found when it was saved, or told of since. So each is told of once."""

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="matches")
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("match of a saved search")
        verbose_name_plural = _("matches of saved searches")
        constraints = [
            models.UniqueConstraint(fields=["search", "matter"], name="saved_search_match_once"),
        ]

    def __str__(self) -> str:
        return f"{self.search_id}:{self.matter_id}"
