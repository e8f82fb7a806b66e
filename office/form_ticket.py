"""One opening of a form: a sealed text in a hidden field that tells a person from a machine, and a second click
from a second petition."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from office import seals
from office.models import Matter

PURPOSE: Final = "form-ticket"
FASTEST: Final = timedelta(seconds=2)
"""Nobody reads a form and fills it in sooner."""
LONGEST: Final = timedelta(hours=24)
"""As long as attached files wait."""


@dataclass(frozen=True)
class FormTicket:
    """When a form was opened, and after which matter: what was sent from it can only have been registered since."""

    nonce: str
    opened_at: datetime
    after: int

    @classmethod
    def open(cls, now: datetime) -> FormTicket:
        """A new ticket; one query."""
        newest = Matter.objects.order_by("-pk").values_list("pk", flat=True).first()
        return cls(secrets.token_hex(16), now, newest or 0)

    def seal(self) -> str:
        """The text for the hidden field; nobody outside can read or make one."""
        return seals.encrypt(
            json.dumps([self.nonce, self.opened_at.isoformat(), self.after]), purpose=PURPOSE
        )

    @classmethod
    def unseal(cls, text: str) -> FormTicket | None:
        """The ticket of a hidden field, or None when it was not made here."""
        try:
            nonce, opened_at, after = json.loads(seals.decrypt(text, purpose=PURPOSE))
        except ValueError:
            return None
        return cls(nonce, datetime.fromisoformat(opened_at), after)

    def is_too_fast(self, now: datetime) -> bool:
        """Sent sooner than a person could; a form opened later than now is of a clock that was set back since."""
        return timedelta() <= now - self.opened_at < FASTEST

    def is_too_old(self, now: datetime) -> bool:
        """Left open for more than a day."""
        return now - self.opened_at > LONGEST

    def code_for(self, *contents: object) -> str:
        """A petitioner's code for what was sent from this form: a second click sends the same and finds the same.

        As hard to guess as a random one of its length, since only this installation can derive it.
        """
        digest = seals.fingerprint(
            json.dumps([self.nonce, *map(str, contents)]), purpose="petitioner-code-of-form"
        )
        number = int(digest, 16)
        letters = []
        for _place in range(seals.CODE_LENGTH):
            number, letter = divmod(number, len(seals.CODE_ALPHABET))
            letters.append(seals.CODE_ALPHABET[letter])
        return "".join(letters[:5]) + "-" + "".join(letters[5:])
