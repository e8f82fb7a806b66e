"""The petitions' public pages: file one without an account, now or later or on paper, and follow it."""

from typing import Final

# As it stands in the history, in the office's own language whatever the petitioner reads.
PETITIONER: Final = "ผู้ร้อง"
TOO_MANY: Final = 429
