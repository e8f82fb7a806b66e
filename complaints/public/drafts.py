"""Finishing the public form later: keep it under a code, show the code, take the form up again with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from complaints import drafts
from complaints.drafts import SEALED_CODE, Unfinished
from complaints.forms.draft import DraftCodeForm
from complaints.forms.intake import PublicPetitionForm
from complaints.public import TOO_MANY
from office import limits, seals
from office.templatetags.prasan import clock

LATER: Final = "later"
"""The button that keeps the form instead of sending it."""
KEPT: Final = "draft_kept"
SHOWN_MINUTES: Final = 30
AUTOSAVE_LIMIT: Final = "400/hour"
"""One saving every nine seconds from one address: a household typing, not a machine."""


def code_on_page(request: HttpRequest) -> str:
    """The code of the draft that the form before somebody was taken from; it travels sealed, within the page only."""
    try:
        return seals.decrypt(request.POST.get("draft", ""), purpose=SEALED_CODE)
    except ValueError:
        return ""


@dataclass(frozen=True)
class KeptDraft:
    """A code to show, in this browser and for a while, so that the page can be printed or loaded again."""

    code: str
    until: datetime

    def keep(self, session: SessionBase) -> None:
        """Remember it sealed."""
        session[KEPT] = [seals.encrypt(self.code, purpose=SEALED_CODE), self.until.isoformat()]

    @classmethod
    def of(cls, session: SessionBase, now: datetime) -> KeptDraft | None:
        """The code this browser may still show."""
        kept = session.get(KEPT)
        if not kept or now > datetime.fromisoformat(kept[1]):
            return None
        try:
            return cls(seals.decrypt(kept[0], purpose=SEALED_CODE), datetime.fromisoformat(kept[1]))
        except ValueError:
            return None


def keep_for_later(request: HttpRequest, form: PublicPetitionForm, now: datetime) -> HttpResponse:
    """Keep the form as it is, faults and all. A file that cannot be taken is said before anything is left behind."""
    form.errors  # noqa: B018  # cleaning takes in the files; what else is wrong with the form can wait
    wrong_files = form.errors.get("attachments")
    form.forget_faults(except_for="attachments")
    status = 200
    if not wrong_files:
        is_known = bool(code_on_page(request))
        scope, limit = ("draft-save", AUTOSAVE_LIMIT) if is_known else ("draft", settings.PUBLIC_FORM_LIMIT)
        if limits.allow(scope, limit, limits.client_address(request)):
            unfinished = Unfinished(form.typed(), form.files_accepted())
            _draft, code = drafts.save(unfinished, code=code_on_page(request), now=now)
            KeptDraft(code, now + timedelta(minutes=SHOWN_MINUTES)).keep(request.session)
            return redirect("petition:draft_kept")
        form.add_error(
            None,
            _(
                "Many forms were saved from this network in a short time. What you wrote is still here: "
                "wait a while and press save once more."
            ),
        )
        status = TOO_MANY
    context = {"form": form, "draft": request.POST.get("draft", ""), "was_saving": True}
    return render(request, "complaints/public/new.html", context, status=status)


@login_not_required
@never_cache
def draft_kept(request: HttpRequest) -> HttpResponse:
    """The code of what was saved; a POST wipes it from this browser, or takes the form up again at once."""
    now = timezone.now()
    kept = KeptDraft.of(request.session, now)
    if request.method == "POST":
        request.session.pop(KEPT, None)
        if kept and "continue" in request.POST:
            return _taken_up(request, kept.code, now) or redirect("petition:draft")
        return redirect("site:home")
    draft = drafts.find(kept.code, now) if kept else None
    if kept is None or draft is None:
        return redirect("petition:draft")
    context = {
        "code": kept.code,
        "draft": draft,
        "resume_address": f"{settings.SITE_URL}{reverse('petition:draft')}",
        "file_count": drafts.file_count(draft, kept.code),
    }
    return render(request, "complaints/public/draft_kept.html", context)


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@sensitive_variables("code")
def draft(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a saved form and show the form again. The code travels by POST only."""
    form = DraftCodeForm(request.POST or None)
    status = 200
    if form.is_valid():
        code, address = form.cleaned_data["code"], limits.client_address(request)
        if not limits.has_room("draft-address", settings.FOLLOW_LIMIT, address):
            form.add_error(None, _("There were too many wrong tries. Wait a while, then try again."))
            status = TOO_MANY
        elif answer := _taken_up(request, code, timezone.now()):
            return answer
        else:
            limits.allow("draft-address", settings.FOLLOW_LIMIT, address)
            form.add_error(
                None,
                _(
                    "No saved form has this code. Check it and try again. A saved form is deleted "
                    "when it has been sent, or when its time is over."
                ),
            )
    return render(request, "complaints/public/draft.html", {"form": form}, status=status)


def _taken_up(request: HttpRequest, code: str, now: datetime) -> HttpResponse | None:
    """The form with all that was kept, ready to go on; None when nothing is kept under this code."""
    unfinished = drafts.take_up(code, now)
    if unfinished is None:
        return None
    form = PublicPetitionForm(now=now, initial=unfinished.typed)
    form.take_files(unfinished.files)
    context = {"form": form, "draft": seals.encrypt(code, purpose=SEALED_CODE), "is_taken_up": True}
    return render(request, "complaints/public/new.html", context)


@login_not_required
@never_cache
@require_POST
def autosave(request: HttpRequest) -> HttpResponse:
    """Keep what is typed while somebody types who has asked for it by saving once; asked by draft-form.js."""
    code = code_on_page(request)
    if not code or not limits.allow("draft-save", AUTOSAVE_LIMIT, limits.client_address(request)):
        return JsonResponse({"kept": False}, status=TOO_MANY if code else 400)
    now = timezone.now()
    typed = PublicPetitionForm(request.POST, now=now).typed()
    if not drafts.save_text(typed, code=code, now=now):
        return JsonResponse({"kept": False}, status=410)
    return JsonResponse({"kept": True, "at": clock(now)})
