"""Forms of the review of retention, of holds, and of requests about one's own data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.models.petitioner import THAI_ID, thai_id_digits
from office import seals
from office.fields import ThaiDateField
from office.models import PersonFinding, PersonRequest, RetentionRow, User

THAI_ID_DIGITS: Final = 13


class KeepForm(forms.Form):
    """One line for each record of a batch: filled in, the record is kept for that reason."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rows: Sequence[RetentionRow], version: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = version
        for row in rows:
            self.fields[f"keep_{row.pk}"] = forms.CharField(
                label=_("Keep %(number)s, because") % {"number": row.label},
                max_length=300,
                required=False,
                widget=forms.TextInput(attrs={"class": "form-control form-control-sm"}),
            )

    def kept(self) -> dict[int, str]:
        """Row → why it is kept."""
        given = self.cleaned_data.items()
        return {
            int(name.removeprefix("keep_")): why for name, why in given if name.startswith("keep_") and why
        }


class ReturnForm(forms.Form):
    """Why a batch goes back to whoever went through it."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class HoldForm(forms.Form):
    """Why a matter is held, and until when if that is known."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Which court, inquiry or request needs it. Everybody who sees the matter reads this."),
    )
    until = ThaiDateField(label=_("Until"), required=False, help_text=_("Left empty: until it is lifted."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["until"]
        assert isinstance(field, ThaiDateField)
        field.min_date = today + timedelta(days=1)


class LiftForm(forms.Form):
    """Why a hold is lifted."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class RequestForm(forms.ModelForm):
    """Who asks what is held on them, and by what they are looked for."""

    asked_on = ThaiDateField(label=_("asked on"))
    thai_id = forms.CharField(
        label=_("citizen's identity number"),
        required=False,
        max_length=20,
        help_text=_("Only a digest is kept; petitions are found by it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    class Meta:
        model = PersonRequest
        fields = ["name", "telephone", "email", "thai_id", "identified_by", "asked_on"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["asked_on"]
        assert isinstance(field, ThaiDateField)
        field.max_date, field.initial = today, today
        for name in ("name", "telephone", "email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_thai_id(self) -> str:
        """The digits, all thirteen of them or none."""
        digits = thai_id_digits(self.cleaned_data["thai_id"])
        if self.cleaned_data["thai_id"] and len(digits) != THAI_ID_DIGITS:
            raise forms.ValidationError(_("An identity number has thirteen digits."))
        return digits

    def written(self, by: User, now: datetime) -> PersonRequest:
        """The request as a new row, with its day of answer."""
        asked: PersonRequest = self.save(commit=False)
        digits = self.cleaned_data["thai_id"]
        asked.thai_id_fingerprint = seals.fingerprint(digits, purpose=THAI_ID) if digits else ""
        asked.officer, asked.made_at = by, now
        asked.promise()
        asked.save()
        return asked


class VerdictsForm(forms.Form):
    """Of each place: whose it is; refused only for a reason."""

    def __init__(self, *args: Any, findings: Sequence[PersonFinding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Not looked at yet")), *PersonFinding.Verdict.choices]
        for one in findings:
            self.fields[f"verdict_{one.pk}"] = forms.ChoiceField(
                label=_("Whose it is"),
                choices=choices,
                required=False,
                initial=one.verdict,
                widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
            )
            self.fields[f"reason_{one.pk}"] = forms.CharField(
                label=_("Why it is refused"),
                max_length=300,
                required=False,
                initial=one.refused_reason,
                widget=forms.TextInput(attrs={"class": "form-control form-control-sm"}),
            )
        self.findings = findings

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for one in self.findings:
            is_refused = cleaned.get(f"verdict_{one.pk}") == PersonFinding.Verdict.REFUSED
            if is_refused and not cleaned.get(f"reason_{one.pk}", "").strip():
                self.add_error(f"reason_{one.pk}", _("Write why: third persons, secrecy, a case in court."))
        return cleaned

    def save(self) -> None:
        """Keep the verdicts that changed."""
        changed = []
        for one in self.findings:
            verdict, why = (self.cleaned_data[f"{name}_{one.pk}"] for name in ("verdict", "reason"))
            why = why.strip() if verdict == PersonFinding.Verdict.REFUSED else ""
            if (verdict, why) != (one.verdict, one.refused_reason):
                one.verdict, one.refused_reason = verdict, why
                changed.append(one)
        PersonFinding.objects.bulk_update(changed, ["verdict", "refused_reason"], batch_size=200)
