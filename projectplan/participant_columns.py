"""The columns of a list of participants as a file has them."""

from __future__ import annotations

from typing import Final

from office.list_columns import Column, Headings
from projectplan.models import Participant

COLUMNS: Final = (
    Column("name", "ชื่อ-สกุล", ("ชื่อ", "ชื่อสกุล", "รายชื่อ", "ชื่อ-นามสกุล", "name"), is_required=True),
    Column("position", "ตำแหน่ง", ("position",)),
    Column("agency", "หน่วยงาน", ("สังกัด", "ต้นสังกัด", "agency")),
    Column("part", "เข้าร่วมในฐานะ", ("ฐานะ", "บทบาท", "role")),
    Column("email", "อีเมล", ("อีเมล์", "อีเมลล์", "e-mail")),
    Column("telephone", "โทรศัพท์", ("เบอร์โทร", "เบอร์โทรศัพท์", "โทร", "มือถือ", "phone")),
)
HEADINGS: Final = Headings(COLUMNS)
PARTS: Final = {
    "ผู้เข้าร่วม": Participant.Part.PARTICIPANT,
    "ผู้เข้าร่วมสัมมนา": Participant.Part.PARTICIPANT,
    "participant": Participant.Part.PARTICIPANT,
    "วิทยากร": Participant.Part.SPEAKER,
    "speaker": Participant.Part.SPEAKER,
    "ผู้จัด": Participant.Part.ORGANISER,
    "เจ้าหน้าที่": Participant.Part.ORGANISER,
    "organiser": Participant.Part.ORGANISER,
}
"""What files call the ways of taking part."""
TEMPLATE_ROWS: Final = (
    ("นางสาวตัวอย่าง เขียนทับแถวนี้", "นักวิชาการศึกษา", "สพป. ตัวอย่าง เขต ๑", "ผู้เข้าร่วม", "sample@example.org", ""),
)
