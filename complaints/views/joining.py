"""Joining two petitions side by side, linking two, splitting one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from complaints.forms.joining import JoinForm, LinkForm, SplitForm, WhichForm
from complaints.models import Petition
from complaints.models.joining import join as join_both
from complaints.views.desk import PETITIONS
from complaints.views.doubles import doubles_context
from office.history import told
from office.http import StaffRequest
from office.steps import Actor, ChangedMeanwhile, StepRefused, find_step, open_steps, perform
from office.undo import offer


def _open(request: StaffRequest, pk: int, name: str) -> Petition:
    """The petition whose step this is, if the person may see it and take the step now."""
    petition: Petition = PETITIONS.fetch(request.user, pk)
    if request.method != "POST" and not open_steps(petition, Actor(user=request.user), among={name}):
        raise StepRefused(_("This step is not open to you now."))
    return petition


def _context(request: StaffRequest, petition: Petition, name: str) -> dict[str, Any]:
    return PETITIONS.context(petition, request.user) | {"step": find_step(Petition, name)}


def _since(changed: ChangedMeanwhile) -> dict[str, Any]:
    """What happened to one of the two after the page was drawn."""
    return {
        "changed": changed.matter,
        "since": told(changed.events, Petition),
    }


# ── Joining ─────────────────────────────────────────────────────────────────────────────────


def which(request: StaffRequest, pk: int) -> HttpResponse:
    """Which other petition is to be joined: one of the likely doubles, or by its number."""
    petition = _open(request, pk, "join")
    given = request.GET if "number" in request.GET else None
    form = WhichForm(given, matter=petition, user=request.user, now=timezone.now())
    if given is not None and form.is_valid():
        try:
            petition.can_take_in(request.user, form.other)
        except ValidationError as refused:
            form.add_error("number", refused.messages)
        else:
            return redirect("complaints:join", petition.pk, form.other.pk)
    context = _context(request, petition, "join") | doubles_context(petition, request.user)
    context |= {"form": form}
    return render(request, "complaints/join_which.html", context, status=422 if form.errors else 200)


def join(request: StaffRequest, pk: int, other: int) -> HttpResponse:
    """Both side by side, with a choice for each fact in which they differ."""
    kept = _open(request, pk, "join")
    joined: Petition = PETITIONS.fetch(request.user, other)
    now = timezone.now()
    if request.method != "POST":
        try:
            kept.can_take_in(request.user, joined)
        except ValidationError as refused:
            return _refused(request, kept, refused)
        return _join_page(
            request, kept, joined, JoinForm(matter=kept, other=joined, user=request.user, now=now)
        )
    form = JoinForm(request.POST, matter=kept, other=joined, user=request.user, now=now)
    if not form.is_valid():
        return _join_page(request, kept, joined, form, status=422)
    try:
        join_both(
            kept,
            joined,
            actor=Actor(user=request.user),
            seen=form.cleaned_data["seen"],
            other_seen=form.cleaned_data["other_seen"],
            now=now,
            reason=form.why,
            facts=form.facts(),
            leading=form.leader,
        )
    except ChangedMeanwhile as changed:
        return _join_again(request, kept, joined, changed)
    except ValidationError as refused:
        return _refused(request, kept, refused)
    messages.success(
        request, _("%(other)s was joined to %(kept)s.") % {"other": joined.label, "kept": kept.label}
    )
    return redirect(kept)


def _join_again(
    request: StaffRequest, kept: Petition, joined: Petition, changed: ChangedMeanwhile
) -> HttpResponse:
    """One of the two moved on: both as they are now, with what was chosen and typed, to be looked at once more."""
    kept, joined = (PETITIONS.fetch(request.user, one.pk) for one in (kept, joined))
    data = request.POST.copy()
    data["seen"], data["other_seen"] = str(kept.version), str(joined.version)
    form = JoinForm(data, matter=kept, other=joined, user=request.user, now=timezone.now())
    form.is_valid()
    return _join_page(request, kept, joined, form, status=409, **_since(changed))


def _join_page(
    request: StaffRequest,
    kept: Petition,
    joined: Petition,
    form: JoinForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    swap = bool(open_steps(joined, Actor(user=request.user), among={"join"}))
    context = _context(request, kept, "join")
    context |= {"form": form, "other": joined, "may_swap": swap, **more}
    return render(request, "complaints/join.html", context, status=status)


def _refused(request: StaffRequest, petition: Petition, refused: ValidationError) -> HttpResponse:
    """The two cannot be joined: why, and the choice once more."""
    context = _context(request, petition, "join") | doubles_context(petition, request.user)
    form = WhichForm(matter=petition, user=request.user, now=timezone.now())
    context |= {"form": form, "refused": refused.messages}
    return render(request, "complaints/join_which.html", context, status=422)


# ── Linking ─────────────────────────────────────────────────────────────────────────────────


def link(request: StaffRequest, pk: int) -> HttpResponse:
    """Note that another petition is to be seen beside this one."""
    petition = _open(request, pk, "link")
    now = timezone.now()
    if request.method != "POST":
        known = Petition.objects.visible_to(request.user).filter(pk=request.GET.get("with") or 0).first()
        form = LinkForm(matter=petition, user=request.user, now=now)
        form.fields["number"].initial = known.label if known else ""
        return _link_page(request, petition, form)
    form = LinkForm(request.POST, matter=petition, user=request.user, now=now)
    if not form.is_valid():
        return _link_page(request, petition, form, status=422)
    try:
        event = perform(
            petition,
            "link",
            actor=Actor(user=request.user),
            seen=form.cleaned_data["seen"],
            now=now,
            reason=form.why,
            **form.given(),
        )
    except ChangedMeanwhile as changed:
        data = request.POST.copy()
        data["seen"] = str(changed.matter.version)
        current: Petition = PETITIONS.fetch(request.user, pk)
        again = LinkForm(data, matter=current, user=request.user, now=now)
        return _link_page(request, current, again, status=409, **_since(changed))
    except ValidationError as refused:
        form.add_error("number", refused.messages)
        return _link_page(request, petition, form, status=422)
    words = _("%(one)s and %(other)s are linked.") % {"one": petition.label, "other": form.other.label}
    messages.success(request, words, extra_tags=offer(petition, event, form.given(), request.user, now=now))
    return redirect(petition)


def _link_page(
    request: StaffRequest, petition: Petition, form: LinkForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = _context(request, petition, "link") | {"form": form, **more}
    return render(request, "complaints/link.html", context, status=status)


@require_POST
def unlink(request: StaffRequest, pk: int, other: int) -> HttpResponse:
    """Take a link away again."""
    petition: Petition = PETITIONS.fetch(request.user, pk)
    linked = get_object_or_404(Petition.objects.visible_to(request.user), pk=other)
    try:
        perform(
            petition,
            "unlink",
            actor=Actor(user=request.user),
            seen=petition.version,
            now=timezone.now(),
            other=linked,
        )
        messages.success(request, _("The link with %(number)s was removed.") % {"number": linked.label})
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect(petition)


# ── Splitting ───────────────────────────────────────────────────────────────────────────────


def split(request: StaffRequest, pk: int) -> HttpResponse:
    """Register the other things a petition asks for as petitions of their own."""
    petition = _open(request, pk, "split")
    now = timezone.now()
    if request.method != "POST":
        return _split_page(request, petition, SplitForm(matter=petition, user=request.user, now=now))
    form = SplitForm(request.POST, matter=petition, user=request.user, now=now)
    if not form.is_valid():
        return _split_page(request, petition, form, status=422)
    try:
        event = perform(
            petition,
            "split",
            actor=Actor(user=request.user),
            seen=form.cleaned_data["seen"],
            now=now,
            reason=form.why,
            **form.given(),
        )
    except ChangedMeanwhile as changed:
        data = request.POST.copy()
        data["seen"] = str(changed.matter.version)
        current: Petition = PETITIONS.fetch(request.user, pk)
        again = SplitForm(data, matter=current, user=request.user, now=now)
        again.is_valid()
        return _split_page(request, current, again, status=409, **_since(changed))
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return _split_page(request, petition, form, status=422)
    messages.success(
        request,
        _("%(numbers)s were split from %(number)s.")
        % {"numbers": event.changes["petitions"][1], "number": petition.label},
    )
    return redirect(petition)


def _split_page(
    request: StaffRequest, petition: Petition, form: SplitForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = _context(request, petition, "split")
    context |= {"form": form, "documents": list(petition.documents.all()), **more}
    return render(request, "complaints/split.html", context, status=status)
