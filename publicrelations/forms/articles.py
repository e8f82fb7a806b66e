"""Beginning an article: its headline, in which language, and what it tells of."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.documents import Upload
from office.intake_form import IntakeForm
from office.models import User
from office.plain_number import plain_number
from office.select import FastSelect
from office.thai import format_short
from publicrelations.forms.on_hand import OnHand, laid
from publicrelations.models import Article, Category, Engagement, PressConference
from publicrelations.models.article_state import Language

OFFERED = 75
"""Engagements and press conferences that a form offers: the latest, and whichever is chosen already."""
AHEAD = timedelta(days=7)
"""How long before its beginning one is offered."""


class AboutField(forms.ModelChoiceField):
    """One engagement or press conference among the latest that this person may see."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=FastSelect, empty_label=_("None"), **kwargs)

    def offer(self, rows: Any, user: User, now: datetime, chosen: int | None, on_hand: OnHand) -> None:
        """The latest that have begun or begin within a week, and the one chosen already; taken is any that this
        person may see."""
        self.queryset = rows.visible_to(user)
        what = rows.model._meta.model_name
        on_hand.bring(what, _latest(self.queryset, now + AHEAD, chosen))
        self.choices = partial(self._offered, on_hand, what)

    def _offered(self, on_hand: OnHand, what: str) -> list[tuple[int | str, str]]:
        rows = sorted(on_hand.rows(what), key=lambda row: (row.at, row.key), reverse=True)
        latest = list(dict.fromkeys((row.key, f"{format_short(row.at)} · {row.words}") for row in rows))
        return [("", str(self.empty_label)), *latest]


def _latest(seen: Any, until: datetime, chosen: int | None) -> list[Any]:
    """Key, rank, moment and title of what is offered; the one chosen already may be among the latest, too."""
    latest = seen.filter(starts_at__lte=until).order_by("-starts_at", "-pk").values("pk")[:OFFERED]
    parts = [seen.model.objects.filter(pk__in=latest)]
    if chosen:
        parts.append(seen.filter(pk=chosen))
    return [laid(part, "pk", "title", "starts_at") for part in parts]


class ArticleBeginForm(IntakeForm):
    """A headline is enough to begin with; everything else is written on the article's own page."""

    needed = frozenset({"title", "language"})

    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, widget=FastSelect)
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.filter(is_used=True),
        required=False,
        empty_label=_("Choose later"),
        widget=FastSelect,
    )
    about_engagement = AboutField(
        label=_("Engagement it tells of"),
        queryset=Engagement.objects.none(),
        help_text=_("Published, the engagement counts as covered."),
    )
    press_conference = AboutField(
        label=_("Press conference it came of"), queryset=PressConference.objects.none()
    )
    translation_of = forms.ModelChoiceField(
        queryset=Article.objects.none(), required=False, widget=forms.HiddenInput
    )

    def begin(self) -> None:
        """Received now, for it begins here; the address of the page may say what it tells of."""
        super().begin()
        for name in ("received_on", "received_time", "attachments"):
            del self.fields[name]
        title = self.fields["title"]
        title.label = _("Headline")
        title.widget.attrs["autofocus"] = True
        self.fields["take_it"].initial = True
        self.fields["take_it"].label = _("I write it myself")
        self._offer()

    def _offer(self) -> None:
        originals = Article.objects.visible_to(self.user).filter(language=Language.THAI)
        self.fields["translation_of"].queryset = originals.filter(english=None)  # type: ignore[attr-defined]
        original = self.initial.get("translation_of")
        if original is not None:
            self.fields["title"].help_text = gettext("English version of “%(title)s”") % {
                "title": original.title
            }
        on_hand = OnHand()
        for name, rows in (
            ("about_engagement", Engagement.objects),
            ("press_conference", PressConference.objects),
        ):
            field = self.fields[name]
            assert isinstance(field, AboutField)
            chosen = self.data.get(name) if self.is_bound else self.initial.get(name)
            key = str(getattr(chosen, "pk", chosen) or "")
            field.offer(rows, self.user, self.moment, plain_number(key), on_hand)

    def clean(self) -> dict[str, Any]:
        """An English version is in English; it begins now."""
        given = super().clean()
        given["received_at"] = self.moment
        if given.get("translation_of"):
            given["language"] = Language.ENGLISH
        return given

    @property
    def files_given(self) -> list[Upload]:
        return []

    def matter(self) -> Article:
        """As told, not yet registered."""
        given = self.cleaned_data
        return Article(
            **self.common,
            language=given["language"],
            category=given["category"],
            about_engagement=given["about_engagement"],
            press_conference=given["press_conference"],
            translation_of=given["translation_of"],
        )
