"""A form that knows which version of a row the person saw, so that nobody writes over what another changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class SeenForm(forms.ModelForm):
    """The row must be locked by the caller; `save` raises its version by one."""

    error_css_class = "is-invalid"
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version if self.instance.pk else 0

    def clean(self) -> dict[str, Any]:
        """What was given, unless somebody was quicker."""
        given = super().clean() or self.cleaned_data
        if self.instance.pk and given.get("seen") != self.instance.version:
            self.add_error(
                None,
                _(
                    "Somebody changed this meanwhile. Nothing is saved; what you wrote stands below. "
                    "Open the page in another window, compare, and write it there."
                ),
            )
        return given

    def save(self, commit: bool = True) -> Any:
        if self.instance.pk:
            self.instance.version += 1
        return super().save(commit)
