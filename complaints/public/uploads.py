"""How much one address may upload, so that nobody fills the disk."""

from __future__ import annotations

import math
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from office import limits
from office.documents import MEGABYTE

UPLOAD_LIMIT: Final = "500/hour"  # megabytes

Files = MultiValueDict[str, UploadedFile]


def files_within_limit(request: HttpRequest) -> tuple[Files, str]:
    """The files to take, and why there are none of them when they are too many."""
    size = sum(file.size or 0 for name in request.FILES for file in request.FILES.getlist(name))
    megabytes = math.ceil(size / MEGABYTE)
    address = limits.client_address(request)
    if not megabytes or limits.allow("upload", UPLOAD_LIMIT, address, cost=megabytes):
        return request.FILES, ""
    return MultiValueDict(), _("Too many files came from this network. Attach them again in an hour.")
