"""Letters of parliament: to agencies and others who are told or asked, and the morning summary of a sitting day.

The words and the address are found when a letter is sent, so neither secrets nor personal data lie in the outbox.
Each kind has its writer in a module of its own; here they come together.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils.translation import override

from office.letters import Letter
from office.models import Notice
from parliament import meeting_letters, morning_letter, request_letters, result_mail

Writer = Callable[[Notice, datetime], Letter | None]
"""Takes the notice and the moment it is sent; None when there is nobody to send it to, or nothing left to say."""

WRITERS: Final[dict[str, Writer]] = {
    Notice.Kind.CONSULTATION_RESULT: result_mail.compose,
    Notice.Kind.SITTING_DIGEST: morning_letter.write,
    Notice.Kind.PARLIAMENT_REQUEST: request_letters.request,
    Notice.Kind.PARLIAMENT_CHASER: request_letters.chaser,
    Notice.Kind.MEETING_TOLD: meeting_letters.compose,
}


def compose(notice: Notice, *, now: datetime) -> Letter | None:
    """The letter of a notice of parliament, in the office's language; None for a kind that is not parliament's."""
    with override(settings.LANGUAGE_CODE):
        writer = WRITERS.get(notice.kind)
        return writer(notice, now) if writer else None
