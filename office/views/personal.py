"""What each person sets for themselves: how letters come, and the language of the pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from office.http import StaffRequest
from office.models import CalendarFeed, Role, Subgroup, User
from office.models.calendar import current_calendar
from office.notices import reschedule_letters
from office.views.feeds import address_to_show

LANGUAGE_KEPT_SECONDS = 60 * 60 * 24 * 365


class PersonalForm(forms.ModelForm):
    """How e-mail comes is kept with the person; the language with the browser."""

    email_delivery = forms.ChoiceField(
        label=_("E-mail notices"), choices=User.Delivery.choices, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=_("Language of the pages"),
        choices=[("th", "ภาษาไทย"), ("en", "English")],
        widget=forms.RadioSelect,
        help_text=_("Kept in this browser. E-mail and documents are always in Thai."),
    )

    class Meta:
        model = User
        fields = ["email_delivery", "wants_sitting_digest"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_sitting_digest(self.instance):
            del self.fields["wants_sitting_digest"]


def has_sitting_digest(person: User) -> bool:
    """Whether the morning of a sitting day concerns somebody: the politics subgroup, and the executives."""
    is_of_politics = person.subgroup is not None and person.subgroup.code == Subgroup.Code.POLITICS
    return is_of_politics or person.has_role(Role.EXECUTIVE)


def personal(request: StaffRequest) -> HttpResponse:
    """One's own settings, shown and changed."""
    # An own copy: a form that is refused must not change what the rest of the page shows of the person.
    person = User.objects.get(pk=request.user.pk)
    form = PersonalForm(request.POST or None, instance=person, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        return _save(request, form)
    status = 422 if form.is_bound else 200
    feed = CalendarFeed.objects.filter(user=person).first()
    context = {
        "form": form,
        "section": "personal",
        "feed": feed,
        "feed_address": address_to_show(request, feed),
    }
    return render(request, "office/personal.html", context, status=status)


def _save(request: StaffRequest, form: PersonalForm) -> HttpResponse:
    form.instance.save(update_fields=["email_delivery", "wants_sitting_digest"])
    if "email_delivery" in form.changed_data:
        reschedule_letters(form.instance, now=timezone.now(), calendar=current_calendar())
    language = form.cleaned_data["language"]
    with override(language):
        messages.success(request, gettext("Your settings are saved."))
    response = redirect("office:personal")
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, **_cookie())
    return response


def _cookie() -> dict[str, Any]:
    """The language cookie as Django's own set_language writes it, kept for a year."""
    return {
        "max_age": LANGUAGE_KEPT_SECONDS,
        "path": settings.LANGUAGE_COOKIE_PATH,
        "domain": settings.LANGUAGE_COOKIE_DOMAIN,
        "secure": settings.LANGUAGE_COOKIE_SECURE or settings.PRODUCTION,
        "httponly": settings.LANGUAGE_COOKIE_HTTPONLY,
        "samesite": settings.LANGUAGE_COOKIE_SAMESITE or "Lax",
    }
