"""A real mail server for tests, in this process: keeps what arrives, refuses or drops what it is told to."""

from __future__ import annotations

import asyncio
import email
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Postbox:
    """The letters that arrived, in order; `refuses` are addresses that nobody lives at."""

    letters: list[EmailMessage] = field(default_factory=list)
    message_ids: list[str] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    hangs_up_on: set[str] = field(default_factory=set)
    seconds_per_letter: float = 0.0
    connections: int = 0
    port: int = 0

    async def handle_EHLO(  # noqa: N802  (names that aiosmtpd calls)
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, answers: Any
    ) -> Any:
        self.connections += 1
        session.host_name = hostname
        return answers

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if address in self.refuses:
            return "550 nobody of that name here"
        if address in self.hangs_up_on and server.transport:
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        letter = email.message_from_bytes(envelope.content or b"", policy=policy.default)
        self.letters.append(letter)
        self.message_ids.append(str(letter["Message-ID"]))
        await asyncio.sleep(self.seconds_per_letter)  # accepted, but the sender does not know yet
        return "250 OK"

    @property
    def url(self) -> str:
        """What EMAIL_URL says to send letters here."""
        return f"smtp://127.0.0.1:{self.port}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def open_postbox(**kwargs: Any) -> Iterator[Postbox]:
    """A mail server on a free port of this machine for as long as the block lasts."""
    box = Postbox(port=free_port(), **kwargs)
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
