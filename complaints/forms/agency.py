"""What an agency writes on its page: an answer with files, or why the matter is not its own."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from office.file_field import FilesField
from office.form_fields import BesideField, Box


class AgencyAnswerForm(forms.Form):
    """The answer, with files if there are any."""

    bound_field_class = BesideField
    optional = frozenset({"attachments"})

    answer = forms.CharField(
        label=_("Answer"),
        max_length=10000,
        widget=Box(6),
        error_messages={"required": _("Write the answer.")},
    )
    attachments = FilesField(label=_("Files"))


class AgencyDeclineForm(forms.Form):
    """Why it is not theirs, and whose it is if they know."""

    bound_field_class = BesideField
    optional: frozenset[str] = frozenset()

    reason = forms.CharField(
        label=_("Why it is not yours, and whose it is if you know"),
        max_length=2000,
        widget=Box(3),
        error_messages={"required": _("Write why, so that we can send it to the right agency.")},
    )
