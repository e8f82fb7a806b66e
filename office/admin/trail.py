"""The trail: which rows were changed by whom, and who opened which petitioner's data, by number and never by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from typing import Any, Final

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.admin_site import ROWS_COUNTED, ReadOnlyAdmin
from office.calendar import fiscal_year, fiscal_year_of
from office.figures import figures
from office.models import Matter, User
from office.plain_number import plain_number
from office.spreadsheets import csv_lines, moment_cell
from office.templatetags.prasan import moment
from office.thai import FIRST_BE_YEAR, LAST_BE_YEAR, to_arabic_digits

DAYS: Final = 30
YEARS_BACK: Final = 5
MOST_PEOPLE: Final = 200
NUMBER: Final = re.compile(r"(.{1,20}?)\s*(\d{1,9})\s*/\s*(\d{4})")

ACTIONS = [
    (LogEntry.Action.CREATE, _("Added")),
    (LogEntry.Action.UPDATE, _("Changed")),
    (LogEntry.Action.DELETE, _("Deleted")),
    (LogEntry.Action.ACCESS, _("Personal data opened")),
]


class ActionFilter(admin.SimpleListFilter):
    """What was done; «opened» is the page of who looked at which petitioner's data."""

    title = _("What was done")
    parameter_name = "done"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(action), label) for action, label in ACTIONS]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        asked = self.value()
        return (
            queryset.filter(action=int(asked))
            if asked in {str(action) for action, _label in ACTIONS}
            else queryset
        )


class WhenFilter(admin.SimpleListFilter):
    """When it was: without a choice the last thirty days, so that a trail of millions opens at once."""

    title = _("When")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        this = fiscal_year_of(timezone.localdate())
        years = [
            (f"y{year}", gettext("Fiscal year %(year)s") % {"year": figures(year)})
            for year in range(this, this - YEARS_BACK, -1)
        ]
        return [("today", _("Today")), ("7", _("7 days")), *years]

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Django's “All” is the thirty days here."""
        for choice in super().choices(changelist):
            if choice["query_string"] == changelist.get_query_string(remove=[self.parameter_name]):
                choice["display"] = gettext("30 days")
            yield choice

    def queryset(self, request: HttpRequest, queryset: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
        asked = self.value() or ""
        now = timezone.localtime()
        if asked == "today":
            return queryset.filter(timestamp__gte=now.replace(hour=0, minute=0, second=0, microsecond=0))
        number = plain_number(asked[1:]) if asked.startswith("y") else None
        if number and FIRST_BE_YEAR <= number <= LAST_BE_YEAR:
            year = fiscal_year(number)
            return queryset.filter(timestamp__gte=year.starts_at, timestamp__lt=year.ends_at)
        if asked == "" and _matter_number(request.GET.get("q", "")):
            return queryset  # of one matter the whole story, by an index
        return queryset.filter(timestamp__gte=now - timedelta(days=7 if asked == "7" else DAYS))


class PersonFilter(admin.SimpleListFilter):
    """Who did it; those who have left as well."""

    title = _("Who")
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            (str(one.pk), str(one))
            for one in User.objects.order_by("-is_active", "display_name")[:MOST_PEOPLE]
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[LogEntry]) -> QuerySet[LogEntry]:
        asked = self.value() or ""
        actor = plain_number(asked)
        return queryset if actor is None else queryset.filter(actor=actor)


def _matter_number(typed: str) -> Matter | None:
    """The matter whose number was typed whole, in either digits (`รท 12/2553`); for its number alone."""
    found = NUMBER.fullmatch(to_arabic_digits(typed.strip()))
    if found is None:
        return None
    series, number, year = found[1].strip(), int(found[2]), int(found[3])
    return Matter.objects.filter(series=series, year=year, number=number).first() if year < 10_000 else None


@admin.register(LogEntry)
class TrailAdmin(ReadOnlyAdmin):
    list_display = ["when", "who", "done", "kind_of_row", "row", "fields_changed"]
    list_display_links = ["when"]
    list_filter = [ActionFilter, WhenFilter, PersonFilter]
    list_select_related = ["actor"]
    search_fields = ["object_repr"]
    search_help_text = _(
        "The whole number of a matter, or words of the name of a row in the time chosen beside."
    )
    ordering = ["-timestamp"]
    change_list_template = "admin/trail.html"
    fields = ["when", "who", "done", "kind_of_row", "row", "before_and_after"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """A matter by its number, from an index; else the words in the names of rows of that time."""
        matter = _matter_number(search_term)
        if matter:
            return queryset.filter(object_id=matter.pk, object_repr=matter.label), False
        return super().get_search_results(request, queryset, search_term)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.export)
        return [path("export/", view, name="auditlog_logentry_export"), *super().get_urls()]

    def export(self, request: HttpRequest) -> StreamingHttpResponse:
        """What the list shows with these filters, as a CSV file; as far as a list is paged."""
        rows = self.get_changelist_instance(request).get_queryset(request)[:ROWS_COUNTED]
        head = [gettext("When"), gettext("Who"), gettext("What was done"), gettext("Kind"), gettext("Row"),
                gettext("Fields changed")]  # fmt: skip
        lines = (
            [
                moment_cell(one.timestamp),
                self.who(one),
                self.done(one),
                self.kind_of_row(one),
                self.row(one),
                self.fields_changed(one),
            ]
            for one in rows.iterator(chunk_size=500)
        )
        name = f"trail-{timezone.localdate():%Y-%m-%d}.csv"
        return StreamingHttpResponse(
            csv_lines(chain([head], lines)),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    @admin.display(description=_("When"), ordering="timestamp")
    def when(self, entry: LogEntry) -> str:
        return moment(entry.timestamp)

    @admin.display(description=_("Who"))
    def who(self, entry: LogEntry) -> str:
        return str(entry.actor) if entry.actor else str(_("The system"))

    @admin.display(description=_("What was done"))
    def done(self, entry: LogEntry) -> str:
        return str(dict(ACTIONS)[entry.action])

    @admin.display(description=_("Kind"))
    def kind_of_row(self, entry: LogEntry) -> str:
        # The manager keeps the few content types there are: no query for each row.
        model = ContentType.objects.get_for_id(entry.content_type_id).model_class()
        return str(model._meta.verbose_name) if model else ""

    @admin.display(description=_("Row"))
    def row(self, entry: LogEntry) -> str:
        return str(entry.object_repr)

    @admin.display(description=_("Fields changed"))
    def fields_changed(self, entry: LogEntry) -> str:
        """Of a row that was added these would be all of them."""
        if entry.action != LogEntry.Action.UPDATE:
            return ""
        return ", ".join(_words_of(entry, name) for name in entry.changes_dict)

    @admin.display(description=_("Before and after"))
    def before_and_after(self, entry: LogEntry) -> SafeString | str:
        rows = [(_words_of(entry, name), _said(change)) for name, change in entry.changes_dict.items()]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", rows)) if rows else "–"


def _words_of(entry: LogEntry, name: str) -> str:
    model = ContentType.objects.get_for_id(entry.content_type_id).model_class()
    if model is None:
        return name
    said = auditlog.get_model_fields(model)["mapping_fields"].get(name) if auditlog.contains(model) else None
    fields = {field.name: field for field in model._meta.get_fields()}
    return str(said or getattr(fields.get(name), "verbose_name", name))


def _said(change: Any) -> str:
    """Before → after; for roles and the like, which were added or taken away."""
    if isinstance(change, dict):
        return f"{change.get('operation', '')} {', '.join(change.get('objects', []))}"
    before, after = change
    return f"{before or '–'} → {after or '–'}"
