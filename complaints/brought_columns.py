"""The columns of an old register of petitions: what each is headed by, and the words that offices write in them."""

from __future__ import annotations

from typing import Final

from complaints.models import Petition
from office.list_columns import Column, Headings
from office.register_cells import choices

PERSONAL: Final = ("petitioner", "telephone", "email", "address", "thai_id")

HEADINGS: Final = Headings(
    (
        Column(
            "number",
            "เลขที่รับ",
            ("เลขรับ", "เลขที่", "เลขทะเบียน", "ทะเบียนรับ", "เลขทะเบียนรับ", "เลขที่เรื่อง", "number", "no of register"),
            is_required=True,
        ),
        Column("year", "ปี", ("พ.ศ.", "ปี พ.ศ.", "ปีงบประมาณ", "year")),
        Column(
            "received_on",
            "วันที่รับ",
            ("วันรับ", "วันที่รับเรื่อง", "รับเมื่อ", "ลงวันที่", "received", "received on"),
            is_required=True,
        ),
        Column("title", "เรื่อง", ("ชื่อเรื่อง", "หัวเรื่อง", "subject", "title"), is_required=True),
        Column("story", "รายละเอียด", ("เนื้อหา", "เนื้อเรื่อง", "ข้อเท็จจริง", "story", "details")),
        Column("channel", "ช่องทาง", ("ช่องทางที่รับ", "ที่มา", "รับทาง", "channel")),
        Column("petition_kind", "ประเภทเรื่อง", ("ประเภท", "ชนิดเรื่อง", "kind")),
        Column("category", "หมวด", ("หมวดเรื่อง", "หมวดหมู่", "กลุ่มเรื่อง", "category")),
        Column("province", "จังหวัด", ("province",)),
        Column("agency", "หน่วยงานที่เกี่ยวข้อง", ("หน่วยงาน", "ส่งหน่วยงาน", "หน่วยงานที่รับผิดชอบ", "agency")),
        Column("petitioner", "ผู้ร้อง", ("ชื่อผู้ร้อง", "ผู้ร้องเรียน", "ผู้ร้องทุกข์", "จาก", "petitioner")),
        Column("telephone", "โทรศัพท์", ("โทร", "เบอร์โทร", "เบอร์โทรศัพท์", "telephone", "phone")),
        Column("email", "อีเมล", ("อีเมล์", "email", "e-mail")),
        Column("address", "ที่อยู่", ("ที่อยู่ผู้ร้อง", "address")),
        Column("thai_id", "เลขประจำตัวประชาชน", ("เลขบัตรประชาชน", "thai id", "citizen id")),
        Column("opinion_on", "วันที่เสนอความเห็น", ("วันเสนอความเห็น", "เสนอความเห็นเมื่อ", "วันที่เสนอ", "opinion on")),
        Column("state", "สถานะ", ("สถานะเรื่อง", "ผลการดำเนินการ", "state", "status")),
        Column("closed_on", "วันที่ยุติเรื่อง", ("วันที่ยุติ", "ยุติเมื่อ", "วันที่ปิดเรื่อง", "วันที่แล้วเสร็จ", "closed on")),
        Column("result", "ผลของเรื่อง", ("ผล", "ผลการพิจารณา", "result")),
    )
)

Channel, Kind, Result = Petition.Channel, Petition.PetitionKind, Petition.Result
CHANNELS: Final = choices(
    {
        Channel.WEB: ("เว็บไซต์", "เว็บ", "เวป", "เว็บไซด์", "อินเทอร์เน็ต", "ออนไลน์", "website"),
        Channel.LETTER: ("จดหมาย", "หนังสือ", "ไปรษณีย์", "โทรสาร"),
        Channel.VISIT: ("มาด้วยตนเอง", "ด้วยตนเอง", "มาพบ", "เดินทางมาด้วยตนเอง", "walk in"),
        Channel.TELEPHONE: ("โทรศัพท์", "โทร", "สายด่วน", "phone"),
        Channel.POLITICIAN: (
            "นักการเมือง",
            "บุคคลหรือองค์กรการเมือง",
            "บุคคลทางการเมือง",
            "ส.ส.",
            "ส.ว.",
            "พรรคการเมือง",
        ),
        Channel.AGENCY: ("หน่วยงานอื่น", "หน่วยงาน", "ส่วนราชการ", "ส่วนราชการอื่น"),
    }
)
KINDS: Final = choices(
    {
        Kind.GRIEVANCE: ("ร้องทุกข์", "เรื่องร้องทุกข์"),
        Kind.COMPLAINT: ("ร้องเรียน", "เรื่องร้องเรียน"),
        Kind.HELP: ("ขอความอนุเคราะห์", "ขอความช่วยเหลือ", "ขอความเป็นธรรม"),
        Kind.OPINION: ("เสนอความเห็น", "ข้อเสนอแนะ", "ความคิดเห็น", "เสนอแนะ"),
    }
)
OPEN, CLOSED = "open", "closed"
STATES: Final = choices(
    {
        OPEN: (
            "อยู่ระหว่างดำเนินการ",
            "ระหว่างดำเนินการ",
            "ยังไม่ยุติ",
            "เปิด",
            "ค้าง",
            "รอดำเนินการ",
            "รอผล",
            "กำลังดำเนินการ",
        ),
        CLOSED: ("ยุติ", "ยุติเรื่อง", "ยุติแล้ว", "ปิด", "ปิดเรื่อง", "ปิดแล้ว", "แล้วเสร็จ", "เสร็จสิ้น", "ดำเนินการแล้ว", "จบ"),
    }
)
RESULTS: Final = choices(
    {
        Result.GRANTED: ("ดำเนินการตามที่ขอ", "ได้ตามที่ร้อง", "ช่วยเหลือแล้ว", "แก้ไขแล้ว"),
        Result.PARTLY: ("ดำเนินการบางส่วน", "ได้บางส่วน"),
        Result.EXPLAINED: ("ชี้แจง", "ชี้แจงแล้ว", "ชี้แจงทำความเข้าใจ"),
        Result.UNFOUNDED: ("ไม่มีมูล", "ไม่เป็นความจริง"),
        Result.NOT_POSSIBLE: ("ทำไม่ได้ตามระเบียบ", "ไม่อาจดำเนินการได้", "ขัดระเบียบ"),
        Result.ELSEWHERE: ("ส่งหน่วยงานที่รับผิดชอบ", "ส่งหน่วยงานที่เกี่ยวข้อง", "ส่งต่อ"),
        Result.TRANSFERRED: ("โอนกระทรวงอื่น", "ส่งกระทรวงอื่น"),
        Result.GIVEN_BACK: ("ส่งคืน", "คืนเรื่อง"),
        Result.WITHDRAWN: ("ถอนเรื่อง", "ผู้ร้องถอนเรื่อง"),
        Result.NOT_RECORDED: ("ไม่ระบุ", "ไม่ได้บันทึก", "-"),
    }
)

SAMPLE: Final = (
    (
        "๑๒๓/๒๕๕๒", "", "๑๕ มิ.ย. ๒๕๕๒", "ขอความเป็นธรรมเรื่องค่าบำรุงการศึกษา", "โรงเรียนเก็บเงินเพิ่ม", "จดหมาย",
        "ร้องทุกข์", "", "เชียงราย", "", "นางตัวอย่าง ใจดี", "081-000-0000", "", "", "", "๑๖ มิ.ย. ๒๕๕๒", "ยุติ",
        "๓๐ ก.ค. ๒๕๕๒", "ชี้แจง",
    ),
    (
        124, 2552, "16/6/2552", "ขอทุนการศึกษา", "", "เว็บไซต์", "ขอความอนุเคราะห์", "", "กรุงเทพมหานคร", "", "",
        "", "", "", "", "", "อยู่ระหว่างดำเนินการ", "", "",
    ),
)  # fmt: skip
"""Rows of the sample file; to be written over."""
