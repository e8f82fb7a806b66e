"""What is typed about a seminar: itself, one participant, who came, and the file of a list of participants."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.fields import ThaiDateField
from office.file_field import FilesField
from office.list_file_form import ListFileForm
from office.list_files import Line
from office.select import FastSelect
from projectplan.models import Activity, Participant, Seminar
from projectplan.participant_columns import HEADINGS
from projectplan.seen import SeenForm

LIST_LASTS_SECONDS: Final = 3600
_SALT: Final = "participants-import"


class SeminarForm(SeenForm):
    """A seminar; its activity is one of the project's of any year."""

    starts_on = ThaiDateField(label=gettext_lazy("Begins on"))
    ends_on = ThaiDateField(label=gettext_lazy("Ends on"))
    attachments = FilesField(label=gettext_lazy("Files"))

    class Meta:
        model = Seminar
        fields = ["title", "topic", "place", "starts_on", "ends_on", "activity", "programme", "study_visit"]
        widgets = {
            "activity": FastSelect,
            "programme": forms.Textarea(attrs={"rows": 6}),
            "study_visit": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Activity.objects.select_related("project__plan").order_by(
            "-project__plan__fiscal_year", "number"
        )
        self.fields["activity"].queryset = rows  # type: ignore[attr-defined]

    def own_rows(self) -> list[list[forms.BoundField]]:
        """The fields as they stand side by side."""
        rows = [
            ["title"], ["topic"], ["starts_on", "ends_on"], ["place"], ["activity"], ["programme"],
            ["study_visit"], ["attachments"], ["seen"],
        ]  # fmt: skip
        return [[self[name] for name in names] for names in rows]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        starts, ends = given.get("starts_on"), given.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("It ends before it begins."))
        return given


class ParticipantForm(forms.ModelForm):
    """Somebody who takes part."""

    error_css_class = "is-invalid"

    class Meta:
        model = Participant
        fields = ["name", "position", "agency", "part", "email", "telephone"]
        widgets = {"part": FastSelect}

    def own_rows(self) -> list[list[forms.BoundField]]:
        """The fields as they stand side by side."""
        rows = [["name"], ["position", "agency"], ["part"], ["email", "telephone"]]
        return [[self[name] for name in names] for names in rows]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        given["name"] = " ".join(given.get("name", "").split())
        same = Participant.objects.filter(
            seminar=self.instance.seminar_id, name=given["name"], agency=given.get("agency", "")
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", _("This participant is on the list already."))
        return given


class ParticipantsFileForm(ListFileForm):
    """The list of participants, read as it comes."""

    headings = HEADINGS


def seal(fields: list[str], lines: list[Line], *, seminar: int, user: int) -> str:
    """What was read, for a hidden field of the same person's next request; nothing is kept meanwhile."""
    return signing.dumps([fields, lines], salt=f"{_SALT}:{seminar}:{user}", compress=True)


def unseal(sealed: str, *, seminar: int, user: int) -> tuple[list[str], list[Line]] | None:
    """What was read within the hour by this very person for this seminar; else None."""
    try:
        fields, lines = signing.loads(sealed, salt=f"{_SALT}:{seminar}:{user}", max_age=LIST_LASTS_SECONDS)
    except signing.BadSignature:
        return None
    return fields, [(number, cells) for number, cells in lines]
