"""The page behind a link to a preview: what readers will see, before they do. No account; it changes nothing."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import override

from office.http import kept_secret
from publicrelations.models import ArticleState, Picture, PreviewLink
from publicrelations.public.articles import article_page
from publicrelations.public.frame import page
from publicrelations.views.articles import picture_response


def _link(secret: str) -> PreviewLink | None:
    """The link, while it can be used and there is something to look at before."""
    link = PreviewLink.find(secret)
    if link is None or not link.is_usable(timezone.now()):
        return None
    return link if link.article.state not in (ArticleState.WITHDRAWN, ArticleState.DROPPED) else None


@login_not_required
@kept_secret
def article(request: HttpRequest, secret: str) -> HttpResponse:
    """The article as its public page will be, said to be a preview; 404 for a link that leads nowhere any more."""
    link = _link(secret)
    if link is None:
        return page("preview_ended", path="", status=HTTPStatus.NOT_FOUND)
    prefetch_related_objects([link.article], Prefetch("pictures", Picture.objects.order_by("position", "pk")))
    for picture in link.article.pictures.all():
        picture.shown_by = secret
    with override(link.article.language):
        return article_page(link.article, timezone.now(), is_preview=True)


@login_not_required
@kept_secret
def picture(request: HttpRequest, secret: str, pk: int, name: str) -> HttpResponse:
    """One size of a picture of the article that a link shows."""
    link = _link(secret)
    if link is None:
        raise Http404
    found = get_object_or_404(Picture.objects.select_related("original"), pk=pk, article=link.article_id)
    return picture_response(found, name)
