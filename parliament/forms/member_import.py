"""What is said about a list of members before it is read: the file, and what holds for all its rows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from office.fields import ThaiDateField
from office.list_file_form import ListFileForm
from office.select import FastSelect
from parliament.forms.houses import SEATS_OF
from parliament.member_columns import HEADINGS
from parliament.models import Session


class MemberImportForm(ListFileForm):
    """The file is read as it comes; `table` and `fields` hold what stands in it."""

    headings = HEADINGS
    chamber = forms.ChoiceField(
        label=_("Chamber"), choices=[(seat.value, seat.label) for seat in SEATS_OF], widget=FastSelect
    )
    parliament_number = forms.IntegerField(
        label=_("Parliament no."),
        min_value=1,
        max_value=999,
        help_text=_("For rows that do not say it themselves."),
    )
    since_on = ThaiDateField(
        label=_("Has the seat since"), help_text=_("For new rows that do not say it themselves.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = Session.objects.first()
        if newest:
            self.initial.setdefault("parliament_number", newest.parliament_number)
