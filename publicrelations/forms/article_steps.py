"""What each step of an article asks."""

from __future__ import annotations

import re
from datetime import time
from functools import partial
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.figures import figures
from office.form_fields import Box, ClockField, Line
from office.models import Secrecy
from office.picking import moment_of
from office.select import FastSelect
from office.step_form import CARRYING_FORMS, ReasonForm, StepForm
from publicrelations.clean_html import words_of
from publicrelations.forms.articles import AboutField
from publicrelations.forms.on_hand import OnHand, laid
from publicrelations.forms.pictures import FilesForReadersForm, PicturesForm
from publicrelations.models import Article, Category, Engagement, PressConference, Tag, UnsavedText
from publicrelations.models.version import LONGEST_BODY, LONGEST_LEAD
from publicrelations.prose_field import ProseField

NINE = time(9)
MOST_TAGS = 12
OFFERED_TAGS = 80
RESTORE = "restore"
"""In the address of a page for writing: begin with what was typed and not saved."""


class TagsField(forms.CharField):
    """Cleans to the names between commas or line ends, each once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=1000, widget=Line(list="known-tags"), **kwargs)

    def clean(self, value: Any) -> list[str]:
        names = [" ".join(name.split()) for name in re.split(r"[,،、\n]", super().clean(value) or "")]
        unique = list(dict.fromkeys(name for name in names if name))
        if len(unique) > MOST_TAGS:
            words = gettext("At most %(most)s tags.") % {"most": figures(MOST_TAGS)}
            raise ValidationError(words, code="too_many")
        longest = next((name for name in unique if len(name) > 60), "")
        if longest:
            raise ValidationError(gettext("“%(name)s” is too long for a tag.") % {"name": longest})
        return unique


class ArticleStepForm(StepForm):
    """A step's form that knows its article."""

    @property
    def article(self) -> Article:
        return cast(Article, self.matter)


def offer_abouts(form: ArticleStepForm, on_hand: OnHand) -> None:
    """Engagements and press conferences in the two fields of a form that names them."""
    for name, rows in (
        ("about_engagement", Engagement.objects),
        ("press_conference", PressConference.objects),
    ):
        field = form.fields[name]
        assert isinstance(field, AboutField)
        field.offer(rows, form.user, form.moment, getattr(form.article, f"{name}_id"), on_hand)


class WordsForm(ArticleStepForm):
    """Headline, lead and text; begun with what was typed before and not saved, if the address asks for that."""

    from_address = (RESTORE,)
    is_writing = True
    writing_step = "submit"
    """The step on whose page it is gone on with."""

    title = forms.CharField(
        label=_("Headline"),
        min_length=5,
        max_length=200,
        widget=Line(),
        error_messages={
            "required": _("Write the headline."),
            "min_length": _("Write a few words more."),
        },
    )
    lead = forms.CharField(
        label=_("Lead"),
        max_length=LONGEST_LEAD,
        required=False,
        widget=Box(3),
        help_text=_("One paragraph that says who, what, when and where. Lists and shared links show it."),
    )
    # Not `body`: that names the template of a step's form.
    text = ProseField(label=_("Text of the article"), longest=LONGEST_BODY, required=False)

    def prepare(self) -> None:
        source: Any = self.unsaved if self.is_restored else (self.article.proposal or self.article)
        for name, column in (("title", "title"), ("lead", "lead"), ("text", "body")):
            self.fields[name].initial = getattr(source, column)

    def given(self) -> dict[str, Any]:
        """What the step takes; the text is the article's body."""
        given = super().given()
        return given | {"body": given.pop("text")}

    def add_refusal(self, refused: ValidationError) -> None:
        """What is wrong with the body stands beside the text."""
        if hasattr(refused, "error_dict") and "body" in refused.error_dict:
            self.add_error("text", refused.error_dict.pop("body"))
        super().add_refusal(refused)

    def as_words(self, name: str, value: Any) -> str:
        """Beside what is there meanwhile, a text is read without its elements."""
        return words_of(value) if name == "text" else super().as_words(name, value)

    @cached_property
    def unsaved(self) -> UnsavedText | None:
        """What this person typed before and never sent."""
        if not getattr(self.article, "has_unsaved", True):
            return None
        return UnsavedText.objects.filter(article=self.article.pk, user=self.user).first()

    @property
    def is_restored(self) -> bool:
        return bool(self.initial.get(RESTORE)) and self.unsaved is not None

    @property
    def offers_unsaved(self) -> bool:
        """Whether there is something to be brought back that does not stand in the form."""
        return not self.is_bound and not self.is_restored and self.unsaved is not None


class WriteForm(WordsForm):
    """All that is written with an article; a draft may leave anything but the headline empty."""

    body = "publicrelations/bodies/writing.html"

    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.none(),
        required=False,
        empty_label=_("Choose"),
        widget=FastSelect,
    )
    tags = TagsField(
        label=_("Tags"), help_text=_("Words that articles about one thing share; between commas.")
    )
    about_engagement = AboutField(
        label=_("Engagement it tells of"),
        queryset=Engagement.objects.none(),
        help_text=_("Published, the engagement counts as covered."),
    )
    press_conference = AboutField(
        label=_("Press conference it came of"), queryset=PressConference.objects.none()
    )
    video_url = forms.URLField(
        label=_("Video"),
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=Line(type="url"),
        help_text=_("Shown as a link, never inside the page."),
    )
    is_press_release = forms.BooleanField(
        label=_("Press release: handed to the press as it stands"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )
    secrecy = forms.TypedChoiceField(
        label=_("Secrecy"), choices=Secrecy.choices, coerce=int, widget=FastSelect
    )
    note = forms.CharField(label=_("What was changed"), max_length=300, required=False, widget=Line())

    def prepare(self) -> None:
        super().prepare()
        article = self.article
        for name in (
            "video_url",
            "is_press_release",
            "secrecy",
            "category",
            "about_engagement",
            "press_conference",
        ):
            self.fields[name].initial = getattr(article, name)
        self.on_hand = OnHand()
        offer_abouts(self, self.on_hand)
        self._offer_categories()
        self._offer_tags()

    def _offer_categories(self) -> None:
        """Those in use, and the article's own, which may not be any more."""
        categories = Category.objects.filter(Q(is_used=True) | Q(pk=self.article.category_id or 0))
        field = cast(forms.ModelChoiceField, self.fields["category"])
        field.queryset = categories
        self.on_hand.bring("category", [laid(categories, "position", Category.name_column())])
        field.choices = partial(self._categories, field.empty_label)

    def _categories(self, empty: Any) -> list[tuple[int | str, str]]:
        rows = sorted(self.on_hand.rows("category"), key=lambda row: (row.rank, row.key))
        return [("", str(empty)), *((row.key, row.words) for row in rows)]

    def _offer_tags(self) -> None:
        """The tags used last, offered while one types, and those that the article bears."""
        latest = Tag.objects.order_by("-pk").values("pk")[:OFFERED_TAGS]
        self.on_hand.bring("tag", [laid(Tag.objects.filter(pk__in=latest), "pk", "name")])
        if getattr(self.article, "has_tags", True):
            self.on_hand.bring("own_tag", [laid(Tag.objects.filter(articles=self.article.pk), "pk", "name")])
        self.fields["tags"].initial = self._own_tags

    def _own_tags(self) -> str:
        return ", ".join(sorted(row.words for row in self.on_hand.rows("own_tag")))

    def clean_video_url(self) -> str:
        """Only over a line that nobody reads along."""
        address = str(self.cleaned_data["video_url"] or "")
        if address and not address.startswith("https://"):
            raise ValidationError(gettext("Only an address that begins with https:// is taken."))
        return address

    @property
    def known_tags(self) -> list[str]:
        """The tags used last, the newest first."""
        return [row.words for row in sorted(self.on_hand.rows("tag"), key=lambda row: -row.key)]


class SubmitForm(WriteForm):
    """The whole article, put to the head; a second button only keeps it."""

    draft_step = "save_draft"


class MendForm(WriteForm):
    """The head mends; nothing more is asked than of the officer."""

    writing_step = "mend"


class ScheduleForm(ArticleStepForm):
    """A day and a minute to come."""

    day = ThaiDateField(label=_("Day"))
    clock = ClockField(label=_("Time"), help_text=_("For example 09.00. It appears at this minute."))

    def prepare(self) -> None:
        today = self.moment.astimezone(OFFICE_TZ).date()
        day = self.fields["day"]
        assert isinstance(day, ThaiDateField)
        day.min_date = today
        set_for = self.article.publish_from
        day.initial = set_for.astimezone(OFFICE_TZ).date() if set_for else today
        if set_for:
            self.fields["clock"].initial = figures(set_for.astimezone(OFFICE_TZ).strftime("%H.%M"))

    def clean_clock(self) -> Any:
        clock = self.cleaned_data["clock"]
        if clock is None:
            raise ValidationError(gettext("Write the time, e.g. 09.00."))
        return clock

    def add_refusal(self, refused: ValidationError) -> None:
        """What is wrong with the moment stands beside the time."""
        if hasattr(refused, "error_dict") and "publish_from" in refused.error_dict:
            faults = refused.error_dict.pop("publish_from")
            self.add_error("clock", faults)
        super().add_refusal(refused)

    def given(self) -> dict[str, Any]:
        return {"publish_from": moment_of(self.cleaned_data["day"], self.cleaned_data["clock"], NINE)}


class RemarksForm(ReasonForm):
    def prepare(self) -> None:
        self.fields["reason"].label = _("What is to be changed")


class ProposeForm(WordsForm):
    """The corrected words, and in one line what was corrected."""

    writing_step = "propose_correction"

    body = "publicrelations/bodies/correcting.html"

    note = forms.CharField(
        label=_("What was corrected"),
        max_length=300,
        widget=Line(),
        error_messages={"required": _("Write in one line what was corrected.")},
    )


class ReleaseForm(WordsForm):
    """The corrected words as readers get them, with the note they see."""

    writing_step = "release_correction"

    body = "publicrelations/bodies/correcting.html"

    correction_note = forms.CharField(
        label=_("Note for readers: what was corrected"),
        max_length=500,
        widget=Box(2),
        help_text=_("Stands below the text with today's date."),
        error_messages={"required": _("Write for readers what was corrected.")},
    )

    def prepare(self) -> None:
        super().prepare()
        proposal = self.article.proposal
        if proposal is not None:
            self.fields["correction_note"].initial = proposal.note


class LinkForm(ArticleStepForm):
    about_engagement = AboutField(label=_("Engagement it tells of"), queryset=Engagement.objects.none())
    press_conference = AboutField(
        label=_("Press conference it came of"), queryset=PressConference.objects.none()
    )

    def prepare(self) -> None:
        offer_abouts(self, OnHand())
        for name in ("about_engagement", "press_conference"):
            self.fields[name].initial = getattr(self.article, f"{name}_id")


class WithdrawForm(ArticleStepForm):
    withdrawal_reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=500,
        widget=Box(3),
        help_text=_("Readers see it at the address of the article, in place of it."),
        error_messages={"required": _("Write for readers why it was withdrawn.")},
    )


ARTICLE_STEP_FORMS: dict[str, type[StepForm]] = {
    **CARRYING_FORMS,
    "save_draft": WriteForm,
    "submit": SubmitForm,
    "mend": MendForm,
    "arrange_pictures": PicturesForm,
    "offer_files": FilesForReadersForm,
    "send_back": RemarksForm,
    "publish": StepForm,
    "schedule": ScheduleForm,
    "reschedule": ScheduleForm,
    "stop": ReasonForm,
    "give_up": ReasonForm,
    "propose_correction": ProposeForm,
    "release_correction": ReleaseForm,
    "refuse_correction": RemarksForm,
    "link": LinkForm,
    "withdraw": WithdrawForm,
}
"""The clock publishes at its time without a form."""
