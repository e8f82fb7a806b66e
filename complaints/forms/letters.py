"""What is asked of whoever writes, issues and sends letters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.letter_writing import check_fields, hide_personal, signers, usual_signer
from complaints.models import Petition, Referral
from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.form_fields import agency_rows
from office.models import Agency, LetterDelivery, LetterKind, LetterTemplate, OutgoingLetter, User
from office.models.letter import TO_THE_PETITIONER, WORDS
from office.select import FastSelect, RowField


def choose_signer(form: forms.Form | forms.ModelForm, subgroup_id: int) -> None:
    """Let a form's field `signer` offer those who may sign."""
    field = cast(forms.ModelChoiceField, form.fields["signer"])
    field.queryset = signers(subgroup_id)


class NewLetterForm(forms.Form):
    """Which optional paragraphs a draft begins with, which agency it goes to, who signs."""

    agency = RowField(Agency.objects.filter(is_active=True), agency_rows, empty="—", label=_("To the agency"))
    paragraphs = forms.TypedMultipleChoiceField(
        label=_("Optional paragraphs"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    signer = forms.ModelChoiceField(
        label=_("Signed by"), queryset=User.objects.none(), required=False, widget=FastSelect
    )

    def __init__(self, *args: Any, template: LetterTemplate, matter: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        optional = [one for one in template.paragraphs.all() if one.is_optional]
        choices = cast(forms.TypedMultipleChoiceField, self.fields["paragraphs"])
        choices.choices = [(one.pk, one.label or one.text[:60]) for one in optional]
        choices.initial = [one.pk for one in optional if one.is_chosen]
        if not optional:
            del self.fields["paragraphs"]
        if template.kind != LetterKind.AGENCY:
            del self.fields["agency"]
        else:
            self.fields["agency"].initial = _agency_for(matter)
        choose_signer(self, matter.subgroup_id)
        self.fields["signer"].initial = usual_signer(matter.subgroup_id)


def _agency_for(matter: Any) -> int | None:
    """The agency that was asked last; else the one concerned."""
    if isinstance(matter, Petition):
        asked = Referral.objects.filter(petition=matter, declined_at=None).order_by("-pk")
        return asked.values_list("agency", flat=True).first() or matter.agency_id
    return cast("int | None", matter.agency_id)


class LetterForm(forms.ModelForm):
    """The words of a draft. Unknown fields are named; a petitioner's name written out becomes its field again."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = OutgoingLetter
        fields = ["to_whom", "subject", "refers_to", "enclosures", "speed", "signer", "body"]
        widgets = {
            "enclosures": forms.Textarea(attrs={"rows": 2}),
            "body": forms.Textarea(attrs={"rows": 16}),
            "speed": FastSelect,
            "signer": FastSelect,
        }
        labels = {"subject": _("Subject of the letter"), "body": _("Text of the letter")}
        help_texts = {
            "refers_to": _("The letter this one answers, with its date."),
            "enclosures": _("One on each line."),
            "body": _("Each line is a paragraph of its own. Fields in double braces are filled in on paper."),
        }

    def __init__(self, *args: Any, matter: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matter = matter
        self.fields["seen"].initial = self.instance.version
        choose_signer(self, matter.subgroup_id)

    def clean(self) -> dict[str, Any]:
        words = super().clean() or self.cleaned_data
        for name in WORDS:
            try:
                check_fields(words.get(name, ""), self.matter.kind)
            except ValidationError as wrong:
                self.add_error(name, wrong)
        return words

    def words(self) -> dict[str, Any]:
        """What is to be saved: petitioners' data hidden behind their fields."""
        letter = OutgoingLetter(**{name: self.cleaned_data[name] for name in WORDS})
        hide_personal(letter, self.matter)
        return {name: getattr(letter, name) for name in WORDS} | {
            "speed": self.cleaned_data["speed"],
            "signer": self.cleaned_data["signer"],
        }


class SendForm(forms.Form):
    """How a letter left, on which day, and what proves it."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    way = forms.ChoiceField(
        label=_("Way"),
        choices=[(one.value, one.label) for one in (LetterDelivery.Way.POST, LetterDelivery.Way.HAND)],
        widget=FastSelect,
    )
    on = ThaiDateField(label=_("Date"))
    proof = forms.CharField(label=_("Registered-post number or receiver"), max_length=120, required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        today = now.astimezone(OFFICE_TZ).date()
        day = cast(ThaiDateField, self.fields["on"])
        day.initial = day.max_date = today

    @property
    def at(self) -> datetime:
        return moment_of(self.cleaned_data["on"], self.now)


def moment_of(day: Any, now: datetime) -> datetime:
    """The moment written down for what happened on a day: now for today, the end of any other."""
    if day == now.astimezone(OFFICE_TZ).date():
        return now
    return datetime.combine(day, time(16, 30), OFFICE_TZ)


class MailDayForm(forms.Form):
    """The letters chosen on a mail day; with `needs_day` also the one day on which they left."""

    letter = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={"required": _("Choose at least one letter.")},
    )
    on = ThaiDateField(label=_("Posted on"))

    def __init__(
        self, *args: Any, now: datetime, rows: Callable[[], list[int]], needs_day: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        chosen = cast(forms.TypedMultipleChoiceField, self.fields["letter"])
        chosen.choices = [(key, key) for key in rows()]
        day = cast(ThaiDateField, self.fields["on"])
        day.initial = day.max_date = now.astimezone(OFFICE_TZ).date()
        day.required = needs_day

    @property
    def at(self) -> datetime:
        return moment_of(self.cleaned_data["on"], self.now)


class BatchForm(forms.Form):
    """Which letters are to be made for many: the template, and the petitions of which days."""

    template = forms.ModelChoiceField(
        label=_("Letter"),
        queryset=LetterTemplate.objects.filter(
            matter_kind="petition", kind__in=sorted(TO_THE_PETITIONER), is_active=True
        ).order_by("rank", "pk"),
        empty_label=None,
        widget=FastSelect,
    )
    first = ThaiDateField(label=_("From the day"))
    last = ThaiDateField(label=_("To the day"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", gettext("The last day comes before the first."))
        return given
