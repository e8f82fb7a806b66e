"""A mail server with moods: away, slow, dying with a letter in its hand, busy, refusing."""

from __future__ import annotations

import asyncio
import enum
from collections import Counter

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.postbox import Postbox, free_port

TARPIT_SECONDS = 40.0
"""Longer than the office waits (EMAIL_TIMEOUT)."""


class Mood(enum.Enum):
    """What it does with the next letters."""

    WELL = "takes every letter"
    TARPIT = "lets the sender wait after DATA"
    DYING = "takes the letter and hangs up before it says so"
    BUSY = "says 451, come again"
    REFUSING = "says 550, never"


class Post(Postbox):
    """A mail server that tells one letter from another by its Message-ID."""

    mood = Mood.WELL
    refused = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.mood is Mood.TARPIT:
            self.refused += 1
            await asyncio.sleep(TARPIT_SECONDS)
            return "451 too late"
        if self.mood in (Mood.BUSY, Mood.REFUSING):
            self.refused += 1
            return "451 come again" if self.mood is Mood.BUSY else "550 never"
        said = await super().handle_DATA(server, session, envelope)
        if self.mood is Mood.DYING and isinstance(server.transport, asyncio.Transport):
            self.refused += 1
            server.transport.abort()
        return said

    def open(self) -> None:
        """Begin to listen."""
        self.port = self.port or free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self) -> None:
        """Refuse every connection from now on."""
        self._controller.stop()

    def copies(self) -> Counter[str]:
        """How often each letter came."""
        return Counter(self.message_ids)
