"""Whether the web server of this container answers, asked under the office's own name: ends with 0 or 1."""

from __future__ import annotations

import http.client
import os
import sys
from urllib.parse import urlsplit

SECONDS = 5


def main(path: str) -> int:
    """Ask the web server on this machine for `path`."""
    office = urlsplit(os.environ["SITE_URL"]).netloc
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=SECONDS)
    try:
        connection.request("GET", path, headers={"Host": office})
        return 0 if connection.getresponse().status == 200 else 1
    except (OSError, http.client.HTTPException):
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "/healthz"))
