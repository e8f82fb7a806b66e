"""The faults of a mail server."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.proofs.faulty.post import Mood
from tests.proofs.faulty.servers import wait_until
from tests.proofs.faulty.stage import Case, Stage

AWAY_SECONDS = 6


def refuse_connections(stage: Stage) -> None:
    post = stage.house.post
    post.close()
    stage.wait_for_receipts(1)
    time.sleep(AWAY_SECONDS)
    post.open()


def in_mood(mood: Mood) -> Callable[[Stage], None]:
    """The mail server is of a mood until it has shown it, then well again."""

    def hurt(stage: Stage) -> None:
        post = stage.house.post
        shown = post.refused
        post.mood = mood
        wait_until(lambda: post.refused > shown, f"the mail server {mood.value}")
        stage.wait_for_receipts(1)
        post.mood = Mood.WELL
        stage.doubt()

    return hurt


MAIL_CASES = [
    Case("smtp-away", "mail server refuses connections", "letters leave", refuse_connections),
    *(
        Case(f"smtp-{mood.name.lower()}", f"mail server {mood.value}", "letters leave", in_mood(mood))
        for mood in (Mood.TARPIT, Mood.DYING, Mood.BUSY, Mood.REFUSING)
    ),
]
