"""Whom a backup is encrypted for. The key that opens it belongs somewhere else than on the machine backed up."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _
from pyrage import IdentityError, RecipientError
from pyrage.x25519 import Identity, Recipient


def recipients() -> list[Recipient]:
    """The public keys of BACKUP_RECIPIENTS; where there are none, that of the key file, which is made if need be."""
    try:
        given = [Recipient.from_str(one) for one in settings.BACKUP_RECIPIENTS]
    except RecipientError as wrong:
        raise ImproperlyConfigured(_("BACKUP_RECIPIENTS holds what is no public key (age1…).")) from wrong
    return given or [one.to_public() for one in identities() or [_new_identity()]]


def identities(file: Path | None = None) -> list[Identity]:
    """The keys in a file, that of the settings unless another is named; none where there is no such file."""
    path = file or Path(settings.BACKUP_KEY_FILE)
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    try:
        return [
            Identity.from_str(line.strip()) for line in lines if line.strip() and not line.startswith("#")
        ]
    except IdentityError as wrong:
        raise ImproperlyConfigured(
            _("%(file)s is no key file of backups (AGE-SECRET-KEY-…).") % {"file": path}
        ) from wrong


def opening() -> list[Identity]:
    """Those of this machine's keys that open a backup made today; none where that key lies elsewhere."""
    asked = {str(one) for one in recipients()}
    return [one for one in identities() if str(one.to_public()) in asked]


def _new_identity() -> Identity:
    made = Identity.generate()
    path = Path(settings.BACKUP_KEY_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(f"# Opens this office's backups: keep a copy elsewhere.\n# {made.to_public()}\n{made}\n")
    return made
