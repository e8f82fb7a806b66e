"""What is typed about the media network: outlets, reporters, which of two that are one stays."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.fields import ThaiDateField
from office.form_fields import Line
from office.search import normalise
from office.select import FastSelect
from publicrelations.models import MediaOutlet, Reporter
from publicrelations.outlet_names import one_line

IN_USE, OFF, ALL = "", "off", "all"


class MediaFilterForm(forms.Form):
    """What narrows the list of outlets; every question stands in the address."""

    q = forms.CharField(
        label=_("Outlet or reporter"),
        max_length=100,
        required=False,
        widget=Line(),
    )
    kind = forms.ChoiceField(
        label=_("Kind of medium"),
        choices=[("", _("Any")), *MediaOutlet.Kind.choices],
        required=False,
        widget=FastSelect,
    )
    standing = forms.ChoiceField(
        label=_("In use"),
        choices=[(IN_USE, _("In use")), (OFF, _("No longer")), (ALL, _("All"))],
        required=False,
        widget=FastSelect,
    )

    def rows(self) -> QuerySet[MediaOutlet]:
        """The outlets asked for; those in use unless the address says otherwise. Doubles are never listed."""
        if not self.is_valid():
            return MediaOutlet.objects.none()
        given = self.cleaned_data
        rows = MediaOutlet.objects.filter(merged_into__isnull=True)
        if given["standing"] != ALL:
            rows = rows.filter(is_active=given["standing"] == IN_USE)
        if given["kind"]:
            rows = rows.filter(kind=given["kind"])
        for word in normalise(given["q"]).split():
            reporters = Reporter.objects.filter(name__icontains=word, merged_into__isnull=True)
            rows = rows.filter(name__icontains=word) | rows.filter(pk__in=reporters.values("outlet"))
        return rows


class OutletForm(forms.ModelForm):
    """An outlet and how its news desk is reached."""

    ROWS: ClassVar = [
        ["name", "kind"],
        ["email", "telephone"],
        ["fax", "line_id"],
        ["website"],
        ["note"],
        ["is_active"],
    ]
    error_css_class = "is-invalid"
    website = forms.URLField(label=_("website"), required=False, assume_scheme="https")

    class Meta:
        model = MediaOutlet
        fields = ["name", "kind", "email", "telephone", "fax", "line_id", "website", "note", "is_active"]
        widgets = {"kind": FastSelect, "note": forms.Textarea(attrs={"rows": 3})}

    def own_rows(self) -> list[list[forms.BoundField]]:
        """The fields as they stand side by side."""
        return [[self[name] for name in names] for names in self.ROWS]

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        same = MediaOutlet.objects.filter(name=given.get("name", ""), merged_into__isnull=True)
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", gettext("An outlet of this name is there already."))
        return given


class ReporterForm(forms.ModelForm):
    """A reporter, what about, how reached, from when to when at the outlet."""

    ROWS: ClassVar = [
        ["name", "outlet"],
        ["beat"],
        ["telephone", "email"],
        ["line_id"],
        ["since_on", "until_on"],
    ]
    error_css_class = "is-invalid"
    since_on = ThaiDateField(label=_("There since"), required=False)
    until_on = ThaiDateField(
        label=_("There until"),
        required=False,
        help_text=_("The last day; who has left stays in what was, and is not offered any more."),
    )

    class Meta:
        model = Reporter
        fields = ["outlet", "name", "beat", "telephone", "email", "line_id", "since_on", "until_on"]
        widgets = {"outlet": FastSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = MediaOutlet.objects.filter(pk=self.instance.outlet_id or 0)
        outlet = self.fields["outlet"]
        assert isinstance(outlet, forms.ModelChoiceField)
        outlet.queryset = (MediaOutlet.objects.in_use() | own).order_by("sort_name")

    def own_rows(self) -> list[list[forms.BoundField]]:
        """The fields as they stand side by side."""
        return [[self[name] for name in names] for names in self.ROWS]

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        same = Reporter.objects.filter(
            outlet=given.get("outlet"), name=given.get("name", ""), merged_into__isnull=True
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", gettext("This reporter is written down with this outlet already."))
        since, until = given.get("since_on"), given.get("until_on")
        if since and until and until < since:
            self.add_error("until_on", gettext("The last day is before the first."))
        return given


class MergeForm(forms.Form):
    """Which row this one is a double of."""

    into = forms.ModelChoiceField(
        queryset=MediaOutlet.objects.none(),
        label=_("Is the same as"),
        empty_label=_("Choose"),
        widget=FastSelect,
        help_text=_(
            "All invitations, attendances and reports go over to it; of two notes the fuller is kept."
        ),
    )

    def __init__(self, *args: Any, rows: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, forms.ModelChoiceField)
        into.queryset = rows
