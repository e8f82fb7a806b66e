"""The pages of articles besides register, page and steps: beginning one, versions, pictures, what is not saved yet."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from office.desk import Desk
from office.http import StaffRequest
from office.plain_number import plain_number
from office.registration import register_once
from office.steps import Actor, open_steps
from office.text_changes import Run, changes
from office.views import registering, steps
from publicrelations import rendering
from publicrelations.article_cards import versions_of
from publicrelations.clean_html import clean_html, words_of
from publicrelations.forms.articles import ArticleBeginForm
from publicrelations.models import Article, ArticleVersion, Engagement, Picture, PreviewLink, UnsavedText
from publicrelations.models.version import LONGEST_BODY, LONGEST_LEAD
from publicrelations.prose_field import FORM
from publicrelations.simple_markup import from_markup
from publicrelations.views.access import carriers_only, readers_only
from publicrelations.views.article_desks import ARTICLES

WRITING = {"save_draft", "submit", "mend", "propose_correction", "release_correction"}
"""The steps whose forms are typed into for long."""


@carriers_only
def new_article(request: StaffRequest) -> HttpResponse:
    """Begin an article: a headline, and what it tells of if the address says so."""
    form_class = partial(ArticleBeginForm, initial=_first_values(request))
    context = {"section": "articles", "desk": ARTICLES}
    return registering.register_page(
        request, form_class, _register, "publicrelations/article_new.html", context
    )


def _first_values(request: StaffRequest) -> dict[str, Any]:
    """`?engagement=12` begins one about it, `?of=12` the English version of another."""
    seen = {"about_engagement": (Engagement, "engagement"), "translation_of": (Article, "of")}
    found: dict[str, Any] = {}
    for name, (model, given) in seen.items():
        key = plain_number(request.GET.get(given, ""))
        if key is not None:
            found[name] = get_object_or_404(model.objects.visible_to(request.user), pk=key)
    if "about_engagement" in found:
        found["title"] = found["about_engagement"].title
    original = found.get("translation_of")
    if original is not None:
        found |= {
            "language": "en",
            "category": original.category,
            "about_engagement": original.about_engagement,
        }
    return found


def _register(form: ArticleBeginForm, *, user: Any, now: Any) -> Article:
    same = ("title", "language")
    article: Article = register_once(form, form.matter(), "article", same, user=user, now=now)
    return article


# ── Versions ────────────────────────────────────────────────────────────────────────────────


def version(request: StaffRequest, pk: int, number: int, desk: Desk) -> HttpResponse:
    """One version in full, with the remarks on it."""
    article = desk.fetch(request.user, pk)
    found = _version(article, number)
    context = _frame(article, desk) | {"version": found, "remarks": found.remarks.select_related("by")}
    return render(request, "publicrelations/article_version.html", context)


def compare(request: StaffRequest, pk: int, desk: Desk) -> HttpResponse:
    """Any two versions: what is gone and what is new, word by word. Without a choice the newest and the one before."""
    article = desk.fetch(request.user, pk)
    frame = _frame(article, desk)
    numbers = [one.version.version for one in frame["versions"]]
    if len(numbers) < 2:
        raise Http404
    new = _chosen(request, "new", numbers, numbers[0])
    old = _chosen(request, "old", numbers, max((one for one in numbers if one < new), default=numbers[-1]))
    before, after = _version(article, old), _version(article, new)
    context = frame | {"old": before, "new": after, "parts": _parts(before, after)}
    return render(request, "publicrelations/article_compare.html", context)


def _parts(before: ArticleVersion, after: ArticleVersion) -> list[tuple[str, list[Run]]]:
    """Headline, lead, text and the words of the pictures, each as one text; what neither has is left out."""
    texts = [
        (_("Headline"), before.title, after.title),
        (_("Lead"), before.lead, after.lead),
        (_("Text of the article"), words_of(before.body), words_of(after.body)),
        (_("Words of the pictures"), before.captions, after.captions),
    ]
    return [(name, changes(old, new)) for name, old, new in texts if old or new]


def _frame(article: Article, desk: Desk) -> dict[str, Any]:
    return {
        "matter": article,
        "desk": desk,
        "section": desk.section,
        "versions": versions_of(article),
        "kind_line": desk.kind_line(article),
    }


def _version(article: Article, number: int) -> ArticleVersion:
    rows = ArticleVersion.objects.select_related("written_by", "released_by")
    return get_object_or_404(rows, article=article.pk, version=number)


def _chosen(request: StaffRequest, name: str, numbers: list[int], otherwise: int) -> int:
    """A version's number from the address, if there is such a version."""
    number = plain_number(request.GET.get(name, ""))
    return number if number in numbers else otherwise


# ── Pictures ────────────────────────────────────────────────────────────────────────────────


def arrange_pictures(request: StaffRequest, pk: int, desk: Desk) -> HttpResponse:
    """The step on a page of its own, to which one comes back: new pictures are described there next."""
    response = steps.step(request, pk, "arrange_pictures", desk)
    return redirect(request.path) if response.status_code == 302 and "stay" in request.POST else response


@readers_only
def picture(request: StaffRequest, pk: int, name: str) -> HttpResponseBase:
    """One size of a picture for those who may see its article; until there are any, a small one of the original."""
    found = get_object_or_404(Picture.objects.select_related("original"), pk=pk)
    get_object_or_404(Article.objects.visible_to(request.user).only("pk"), pk=found.article_id)
    return picture_response(found, name)


def picture_response(found: Picture, name: str) -> HttpResponse:
    """The bytes of one size, privately kept by the browser for a while."""
    if found.has_sizes:
        if name not in found.names:
            raise Http404
        path, content_type = found.file_path(name), "image/webp" if name.endswith(".webp") else "image/jpeg"
        with default_storage.open(path) as file:
            response = HttpResponse(file.read(), content_type=content_type)
        response["Cache-Control"] = "private, max-age=3600"
        return response
    with default_storage.open(found.original.path) as file:
        response = HttpResponse(rendering.thumbnail(file.read()), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response


# ── What is not saved yet ───────────────────────────────────────────────────────────────────


@require_POST
def keep_unsaved(request: StaffRequest, pk: int, desk: Desk) -> HttpResponse:
    """What somebody is typing, kept beside the article every few seconds; 204. Nothing of the article is changed."""
    article = _written_by(request, pk, desk)
    if article is None:
        return HttpResponse(status=409)
    text = str(request.POST.get("text", ""))[: 2 * LONGEST_BODY]
    body = clean_html(text if request.POST.get(f"text{FORM}") == "html" else from_markup(text))
    UnsavedText.objects.update_or_create(
        article=article,
        user=request.user,
        defaults={
            "title": str(request.POST.get("title", ""))[:200],
            "lead": str(request.POST.get("lead", ""))[:LONGEST_LEAD],
            "body": body[:LONGEST_BODY],
            "kept_at": timezone.now(),
        },
    )
    return HttpResponse(status=204)


@require_POST
def drop_unsaved(request: StaffRequest, pk: int, desk: Desk) -> HttpResponse:
    """What was typed and not sent is not wanted any more."""
    article = desk.fetch(request.user, pk)
    UnsavedText.objects.filter(article=article.pk, user=request.user).delete()
    messages.success(request, _("What was not saved is thrown away."))
    return redirect(article)


def _written_by(request: StaffRequest, pk: int, desk: Desk) -> Article | None:
    """The article, if this person may write in it as it stands."""
    article: Article = desk.fetch(request.user, pk)
    return article if open_steps(article, Actor(user=request.user), among=WRITING) else None


# ── Looking before ──────────────────────────────────────────────────────────────────────────


@require_POST
@carriers_only
def share_preview(request: StaffRequest, pk: int, desk: Desk) -> HttpResponse:
    """A new link to the preview, for somebody outside; it ends by itself."""
    article = desk.fetch(request.user, pk)
    link = PreviewLink.issue(article, timezone.now())
    PreviewLink.objects.filter(pk=link.pk).update(issued_by=request.user)
    messages.success(request, _("The link can be copied below. It ends by itself after seven days."))
    return redirect(f"{article.get_absolute_url()}#preview")


@require_POST
@carriers_only
def end_previews(request: StaffRequest, pk: int, desk: Desk) -> HttpResponse:
    """No link to the preview can be used any more."""
    article = desk.fetch(request.user, pk)
    PreviewLink.use_up(article, timezone.now())
    messages.success(request, _("The links to the preview lead nowhere any more."))
    return redirect(f"{article.get_absolute_url()}#preview")
