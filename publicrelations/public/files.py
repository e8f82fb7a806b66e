"""Pictures and files of published articles. Those of an article that nobody may read are not there."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from office.views.documents import handed_out
from publicrelations.models import ArticleFile, Picture
from publicrelations.public.listed import is_shown

KINDS: Final = {"webp": "image/webp", "jpg": "image/jpeg"}
KEPT: Final = "public, max-age=86400, s-maxage=1, must-revalidate"
"""Another content has another address. A reader's own browser keeps it; whoever keeps for many asks each second
whether it may still be read."""
FILE_KEPT: Final = "public, max-age=1, must-revalidate"


@login_not_required
@require_safe
def picture(request: HttpRequest, checksum: str, name: str) -> HttpResponseBase:
    """One made size of a picture of a published article."""
    # Not the empty checksum: that is what the index holds.
    rows = Picture.objects.exclude(sha256="").filter(sha256=checksum).select_related("article")
    found = rows.first()
    if found is None or not is_shown(found.article, timezone.now()) or name not in found.names:
        raise Http404
    return given_out(
        request, found.file_path(name), KINDS[name.rpartition(".")[2]], tag=f"{checksum[:32]}-{name}"
    )


def given_out(request: HttpRequest, path: str, content_type: str, *, tag: str) -> HttpResponseBase:
    """What lies at a place of the private storage, or that this reader's program has it already."""
    etag = f'"{tag}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            response = FileResponse(default_storage.open(path), content_type=content_type)
        except FileNotFoundError as lost:
            raise Http404 from lost
    response["ETag"] = etag
    response["Cache-Control"] = KEPT
    return response


@login_not_required
@require_safe
def file(request: HttpRequest, year: int, number: int, pk: int) -> HttpResponseBase:
    """A file that readers may take with a published article."""
    found = get_object_or_404(ArticleFile.objects.select_related("document", "article"), pk=pk)
    article = found.article
    if (article.year, article.number) != (year, number) or not is_shown(article, timezone.now()):
        raise Http404
    etag = f'"{found.document.sha256[:32]}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None or response.status_code != HTTPStatus.NOT_MODIFIED:
        response = handed_out(found.document)
    response["ETag"] = etag
    response["Cache-Control"] = FILE_KEPT
    return response
