"""The form that asks for an edition of a report."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class IssueForm(forms.Form):
    """Why an edition is needed: asked when one is issued already."""

    reason = forms.CharField(
        label=_("Why a new edition is needed"),
        max_length=300,
        help_text=_("It stands on the report. Write no names of petitioners."),
        error_messages={"required": _("Write the reason: it stands on the report.")},
    )

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["reason"]
