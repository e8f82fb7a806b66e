"""Forms of links between matters and of topics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.form_fields import Box, Line, OfficeForm
from office.linking import said
from office.matter_picker import PickForm
from office.models import MatterLink, Topic
from office.models.link import SAID_BACK
from office.picking import OneOfField
from office.select import FastSelect


def ways_to_say() -> Iterator[tuple[str, str]]:
    """Every kind of link from each of its sides; one that is said alike from both stands once."""
    for kind in MatterLink.Kind:
        yield f"{kind.value}:from", said(kind, "from")
        if SAID_BACK[kind] != kind.label:
            yield f"{kind.value}:to", said(kind, "to")


class LinkForm(PickForm):
    """How this matter has to do with another one, which, and a word about it."""

    how = forms.ChoiceField(label=_("This matter"), choices=ways_to_say, widget=FastSelect)
    note = forms.CharField(label=_("Note"), max_length=300, required=False, widget=Line())
    optional = frozenset({"note"})
    field_order = ("how", "words", "other", "note")

    def kind_and_side(self) -> tuple[str, str]:
        kind, _colon, side = self.cleaned_data["how"].partition(":")
        return kind, side


class UnlinkForm(OfficeForm):
    """Why a link, or a matter of a topic, goes away."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=Box(3),
        error_messages={"required": _("Write why.")},
    )


class TopicForm(OfficeForm):
    """A topic's name and what it is about."""

    name = forms.CharField(
        label=pgettext_lazy("of a topic", "Name"),
        min_length=3,
        max_length=150,
        widget=Line(),
        error_messages={"required": _("Give the topic a name.")},
    )
    note = forms.CharField(
        label=pgettext_lazy("of a topic", "What it is about"), max_length=2000, required=False, widget=Box(3)
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    optional = frozenset({"note"})


class ChooseTopicForm(OfficeForm):
    """A topic that is there, or the name of a new one."""

    topic = OneOfField(label=pgettext_lazy("of matters", "Topic"), required=False, widget=FastSelect)
    name = forms.CharField(
        label=_("or a new topic named"), min_length=3, max_length=150, required=False, widget=Line()
    )
    optional = frozenset({"topic", "name"})

    def __init__(self, data: Any, *, topics: list[Topic]) -> None:
        super().__init__(data)
        field = self.fields["topic"]
        assert isinstance(field, OneOfField)
        field.offer(topics, lambda topic: topic.name, empty=_("Choose a topic"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and bool(given.get("topic")) == bool(given.get("name")):
            self.add_error("name", _("Choose a topic or name a new one, not both."))
        return given
