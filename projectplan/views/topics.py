"""Topics: the list, one with its matters and their joint history, and what is put into it or taken out."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, F, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from office.http import StaffRequest
from office.link_forms import ChooseTopicForm, TopicForm, UnlinkForm
from office.linking import put_into, take_out
from office.lists import Order, page_of
from office.matter_picker import PickForm
from office.models import Matter, Topic, TopicMatter, User
from office.models.matter import matters_visible_to
from office.permissions import is_executive, is_head, is_officer
from office.registers import link
from office.views.form_page import form_page
from office.views.links import seen_matter
from projectplan.topic_history import history_of, matters_of

SECTION: Final = "topics"
CHOICES_MOST: Final = 100
NEWEST: Final = Order("pk", descending=True)
may_keep = is_officer | is_head | is_executive


def topics(request: StaffRequest) -> HttpResponse:
    """The topics a person may see, the newest first, with how many of their matters these are."""
    seen = TopicMatter.objects.filter(matters_visible_to(request.user, "matter__"), topic=OuterRef("pk"))
    counted = seen.order_by().values("topic").annotate(count=Count("pk")).values("count")
    rows: Any = Topic.objects.visible_to(request.user).select_related("made_by")
    page = page_of(
        rows.annotate(matters=Subquery(counted)),
        NEWEST,
        after=request.GET.get("after", ""),
        upto=request.GET.get("upto", ""),
    )
    context = {
        "section": SECTION,
        "page": page,
        "may_keep": may_keep.test(request.user),
        "next_link": f"after={page.next_cursor}" if page.next_cursor else "",
        "back_link": f"upto={page.back_cursor}" if page.back_cursor else "",
    }
    return render(request, "projectplan/topics/list.html", context)


def _topic(user: User, pk: int) -> Topic:
    return get_object_or_404(Topic.objects.visible_to(user), pk=pk)


def topic(request: StaffRequest, pk: int) -> HttpResponse:
    """One topic: what it is about, its matters, what happened to all of them by time."""
    return _page(request, _topic(request.user, pk), None)


def _page(request: StaffRequest, found: Topic, form: PickForm | None, status: int = 200) -> HttpResponse:
    matters = matters_of(found, request.user)
    oldest = request.GET.get("order") == "oldest"
    history = history_of(
        matters,
        request.user,
        oldest=oldest,
        after=request.GET.get("after", ""),
        upto=request.GET.get("upto", ""),
    )
    context = {
        "section": SECTION,
        "topic": found,
        "matters": matters,
        "history": history,
        "oldest": oldest,
        "next_link": f"{link(request.GET, after=history.next_cursor)}#history" if history.next_cursor else "",
        "back_link": f"{link(request.GET, upto=history.back_cursor)}#history" if history.back_cursor else "",
        "form": form or PickForm(user=request.user, today=timezone.localdate(), without=()),
    }
    return render(request, "projectplan/topics/topic.html", context, status=status)


def new(request: StaffRequest) -> HttpResponse:
    """Begin a topic; its matters come next. Administrators carry no matters, and so no topics."""
    if not may_keep.test(request.user):
        raise PermissionDenied(_("Topics are kept by officers, section heads and executives."))
    form = TopicForm(request.POST or None)
    if form.is_valid():
        made = _made(request, form.cleaned_data["name"], form.cleaned_data["note"])
        messages.success(request, _("The topic is begun. Add its matters."))
        return redirect(made)
    return form_page(
        request, form, heading=_("New topic"), back=reverse("projectplan:topics"), section=SECTION
    )


def _made(request: StaffRequest, name: str, note: str = "") -> Topic:
    return Topic.objects.create(name=name, note=note, made_at=timezone.now(), made_by=request.user)


def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a topic's name and note right."""
    found = _topic(request.user, pk)
    start = {"name": found.name, "note": found.note, "seen": found.version}
    form = TopicForm(request.POST or None, initial=start)
    if form.is_valid():
        given = form.cleaned_data
        rows = Topic.objects.filter(pk=pk, version=given["seen"] or 0)
        if rows.update(version=F("version") + 1):
            found.refresh_from_db()
            found.name, found.note = given["name"], given["note"]
            found.save()  # so that the log has it
            messages.success(request, _("Saved."))
            return redirect(found)
        form.add_error(None, _("Somebody changed this topic meanwhile. Open it anew and compare."))
    return form_page(request, form, heading=found.name, back=found.get_absolute_url(), section=SECTION)


@sensitive_post_parameters("words")
def add(request: StaffRequest, pk: int) -> HttpResponse:
    """Add a matter by its number or by words."""
    found = _topic(request.user, pk)
    if request.method != "POST":
        return redirect(found)
    held = set(TopicMatter.objects.filter(topic=found).values_list("matter_id", flat=True))
    form = PickForm(request.POST, user=request.user, today=timezone.localdate(), without=held)
    if "look" in request.POST:
        if request.htmx:
            return render(request, "matter/links/found.html", {"form": form})
        return _page(request, found, form)
    if form.is_valid():
        matter = seen_matter(request.user, form.cleaned_data["other"].pk)
        try:
            put_into(found, matter, by=request.user, now=timezone.now())
        except ValidationError as refused:
            form.add_error("words", refused)
        else:
            messages.success(request, _("%(number)s is in the topic.") % {"number": matter.label})
            return redirect(found)
    return _page(request, found, form, status=422)


def remove(request: StaffRequest, pk: int, matter_pk: int) -> HttpResponse:
    """Take a matter out of a topic and say why."""
    found = _topic(request.user, pk)
    rows = Matter.objects.visible_to(request.user).filter(topic_entries__topic=found)
    matter = get_object_or_404(rows.defer("search_text"), pk=matter_pk)
    form = UnlinkForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        take_out(found, matter, reason=reason, by=request.user, now=timezone.now())
        messages.success(request, _("%(number)s is out of the topic.") % {"number": matter.label})
        return redirect(
            found if Topic.objects.visible_to(request.user).filter(pk=pk).exists() else "projectplan:topics"
        )
    heading = _("Take %(number)s out of the topic") % {"number": matter.label}
    return form_page(request, form, heading=heading, back=found.get_absolute_url(), section=SECTION)


def choose(request: StaffRequest, matter_pk: int) -> HttpResponse:
    """From a matter's page: into a topic that is there, or into a new one."""
    matter = seen_matter(request.user, matter_pk)
    offered = Topic.objects.visible_to(request.user).exclude(entries__matter=matter).order_by("-pk")
    form = ChooseTopicForm(request.POST or None, topics=list(offered[:CHOICES_MOST]))
    if form.is_valid():
        given = form.cleaned_data
        into = given["topic"] or _made(request, given["name"])
        try:
            put_into(into, matter, by=request.user, now=timezone.now())
        except ValidationError as refused:
            form.add_error("topic", refused)
        else:
            messages.success(request, _("%(number)s is in the topic.") % {"number": matter.label})
            return redirect(into)
    heading = _("Put %(number)s into a topic") % {"number": matter.label}
    back = reverse("office:matter", args=[matter.pk])
    return form_page(request, form, heading=heading, back=back, section=SECTION)
