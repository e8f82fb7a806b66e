"""What must not stand in a log: the secret of a link, whichever part of the program writes the line.

That is `/a/` and `/p/ask/` of agencies, `/c/` of personal calendars, `/m/invited/` of those invited to the press, `/n/`
of previews of news, `/s/` of surveys, and `/w/` of contacts of the network.
"""

from __future__ import annotations

import logging
import re
from typing import Final

LINK: Final = re.compile(r"(/[acnsw]/|/[mp]/(?:[a-z-]+/)?)[^/\s\"'<>?#]+")
MASK: Final = r"\1…"


class MaskLinks(logging.Filter):
    """Masks the secret of a link in a record before anybody formats it. It lets every record through."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace message and arguments where they hold a link, and drop the request that would hold it too."""
        said = record.getMessage()
        masked = LINK.sub(MASK, said)
        if masked != said:
            record.msg, record.args = masked, ()
            record.__dict__.pop("request", None)
        return True
