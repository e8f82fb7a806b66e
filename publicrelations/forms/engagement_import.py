"""The calendar file that somebody brings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from office.models.calendar import current_calendar
from publicrelations.calendar_files import Incoming, read


class EngagementImportForm(forms.Form):
    """The file is read as it comes; `entries` holds what stands in it."""

    file = forms.FileField(
        label=_("Calendar file"),
        help_text=_("iCalendar (.ics), up to 300 entries and 1 MB."),
        error_messages={"required": _("Choose the calendar file."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )

    def clean_file(self) -> Any:
        """The file, read; what is wrong with it as a whole stands beside the field."""
        file = self.cleaned_data["file"]
        self.entries: list[Incoming] = read(file.read(), current_calendar())
        return file
