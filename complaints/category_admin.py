"""The administrators' pages on which categories are split and joined: filled in, shown beforehand, then done."""

from __future__ import annotations

import hashlib
from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints import category_changes
from complaints.forms.categories import ChangeForm, JoinForm, SplitForm
from complaints.models import CategoryChange
from office.admin_site import ReadOnlyAdmin
from office.models import User
from office.templatetags.prasan import date_short


class CategoryChanges(admin.ModelAdmin):
    """Adds the two pages to the list of categories."""

    def get_urls(self) -> list[URLPattern]:
        def page(name: str, view: Any) -> URLPattern:
            return path(f"{name}/", self.admin_site.admin_view(view), name=f"complaints_category_{name}")

        return [page("split", self.split), page("join", self.join), *super().get_urls()]

    def split(self, request: HttpRequest) -> HttpResponse:
        return self._change(request, SplitForm, category_changes.split, gettext("Split a category"))

    def join(self, request: HttpRequest) -> HttpResponse:
        return self._change(request, JoinForm, category_changes.join, gettext("Join categories"))

    def _change(self, request: HttpRequest, kind: type[ChangeForm], act: Any, title: str) -> HttpResponse:
        """The first press shows what would happen, the second does what was shown and nothing else."""
        sent = request.POST if request.method == "POST" else None
        form = kind(sent)
        shown: list[category_changes.Standing] = []
        became: list[str] = []
        mark = ""
        if sent is not None and form.is_valid():
            mark = hashlib.sha256(repr(sorted(form.given().items())).encode()).hexdigest()
            confirmed = "confirm" in sent and sent.get("mark") == mark
            shown = category_changes.standing_of(form.old_ones)
            try:
                became = self._try(request, act, form.given(), for_good=confirmed)
            except ValidationError as refused:
                add_refusal(form, refused)
                shown, mark = [], ""
            else:
                if confirmed:
                    messages.success(
                        request, gettext("Done. From now on: %(names)s") % {"names": ", ".join(became)}
                    )
                    return redirect("admin:complaints_category_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "form": form,
            "shown": shown,
            "became": became,
            "mark": mark,
            "is_split": kind is SplitForm,
        }
        faulty = sent is not None and not mark
        return render(
            request, "admin/complaints/category/change.html", context, status=422 if faulty else 200
        )

    def _try(self, request: HttpRequest, act: Any, given: dict[str, Any], *, for_good: bool) -> list[str]:
        """Do it, for good or only to see that it can be done; returns the names of what goes on."""
        with transaction.atomic():
            made = act(**given, by=cast(User, request.user), now=timezone.now())
            if not for_good:
                transaction.set_rollback(True)
        return [one.name for one in (made if isinstance(made, list) else [made])]


def add_refusal(form: ChangeForm, refused: ValidationError) -> None:
    """What the change itself refused, beside its field where the form has it."""
    beside = {"olds": "olds" if "olds" in form.fields else "old", "names": "name_1"}
    for name, faults in refused.error_dict.items() if hasattr(refused, "error_dict") else [("", [refused])]:
        field = beside.get(name, name)
        form.add_error(field if field in form.fields else None, faults)


@admin.register(CategoryChange)
class CategoryChangeAdmin(ReadOnlyAdmin):
    """What became of what, and who did it."""

    list_display = ["old", "new", "day", "made_by"]
    list_select_related = ["old", "new", "made_by"]
    ordering = ["-on", "pk"]

    @admin.display(description=_("from"), ordering="on")
    def day(self, change: CategoryChange) -> str:
        return date_short(change.on)
