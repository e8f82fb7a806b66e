"""What is written about a petition on its way: title, story, summary, opinion, order, answers; all invented."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from complaints.models import Petition
from office.thai import to_thai_digits
from projectplan.demo import names
from projectplan.demo.names import pick
from projectplan.demo.subjects import Subject

RARE_PHRASE: Final = "ต้นจามจุรีร้อยปี"
"""Stands in the story of exactly one petition of a demo."""

TITLE_STARTS: Final = {
    "complaint": ("ร้องเรียน", "ขอให้ตรวจสอบ"),
    "grievance": ("ขอความเป็นธรรมกรณี", "ร้องทุกข์กรณี"),
    "help": ("ขอความอนุเคราะห์", "ขอความช่วยเหลือเรื่อง"),
    "opinion": ("เสนอความเห็นเรื่อง", "ข้อเสนอแนะเรื่อง"),
}
OPENINGS: Final = (
    "ข้าพเจ้าเป็นผู้ปกครองนักเรียนชั้น{grade} {school} จังหวัด{province} ขอแจ้งว่า",
    "ด้วยข้าพเจ้าอาศัยอยู่ที่บ้าน{place} จังหวัด{province} มีความเดือดร้อนดังนี้",
    "ข้าพเจ้าในนามชาวบ้าน{place} และครูบางส่วนของ{school} ขอเรียนว่า",
    "กราบเรียนรัฐมนตรีว่าการกระทรวงศึกษาธิการ",
    "ข้าพเจ้าเคยแจ้ง{area} แล้วแต่ยังไม่ได้รับคำตอบ จึงขอเรียนว่า",
    "เมื่อภาคเรียนที่ {term} ปีการศึกษา {year} ที่{school} จังหวัด{province}",
    "ขอเรียนท่านด้วยความเคารพ เรื่องนี้เกิดขึ้นที่บ้าน{place}",
    "ตามที่กระทรวงมีนโยบายให้การศึกษาทั่วถึง แต่ในพื้นที่จังหวัด{province}",
)
EFFECTS: Final = (
    "ทำให้นักเรียนและผู้ปกครองเดือดร้อน",
    "ชาวบ้านไม่สบายใจและเริ่มขาดความเชื่อถือต่อสถานศึกษา",
    "ครอบครัวต้องกู้เงินนอกระบบมาใช้จ่ายไปก่อน",
    "เรื่องนี้กระทบขวัญกำลังใจของครูทั้งโรงเรียน",
    "เด็กบางคนไม่อยากไปโรงเรียน",
    "หากปล่อยไว้เกรงว่าจะเกิดเหตุซ้ำในปีการศึกษาหน้า",
    "มีพยานรู้เห็นและมีเอกสารประกอบตามที่แนบ",
    "คณะกรรมการสถานศึกษาทราบเรื่องแล้วแต่ไม่มีมติใด",
    "เกิดขึ้นต่อเนื่องตั้งแต่เดือนก่อนจนถึงปัจจุบัน",
)
REQUESTS: Final = {
    "complaint": (
        "จึงขอให้ตั้งกรรมการตรวจสอบข้อเท็จจริงและแจ้งผลให้ทราบ",
        "ขอให้ตรวจสอบโดยไม่เปิดเผยชื่อผู้ร้อง เพราะเกรงว่าบุตรจะได้รับผลกระทบ",
        "จึงเรียนมาเพื่อโปรดดำเนินการกับผู้เกี่ยวข้องตามระเบียบ",
    ),
    "grievance": (
        "จึงขอความเป็นธรรมและขอให้ทบทวนการพิจารณา",
        "ขอให้หน่วยงานต้นสังกัดชี้แจงเหตุผลเป็นหนังสือ",
        "จึงกราบเรียนมาเพื่อขอความกรุณาพิจารณาโดยเร็ว",
    ),
    "help": (
        "จึงขอความอนุเคราะห์ตามแต่ท่านจะเห็นสมควร",
        "ขอให้กระทรวงประสานหน่วยงานช่วยเหลือโดยด่วน",
        "หากได้รับการช่วยเหลือจะเป็นพระคุณอย่างสูง",
    ),
    "opinion": (
        "จึงขอเสนอเพื่อประกอบการพิจารณาของกระทรวง",
        "ยินดีให้ข้อมูลเพิ่มเติมหากท่านต้องการ",
        "หวังว่าท่านจะรับไว้พิจารณาเพื่อประโยชน์ของนักเรียน",
    ),
}
EXTRAS: Final = (
    "โดยเฉพาะช่วงเปิดภาคเรียนที่ผ่านมา",
    "ตามหลักฐานภาพถ่ายและใบรับเงิน {count} ฉบับ",
    "ซึ่งผู้ใหญ่บ้าน{place} ทราบเรื่องดี",
    "คิดเป็นเงินรวมทั้งหมู่บ้านราว {amount} บาท",
    "ในวันประชุมผู้ปกครองมีผู้ซักถามแต่ไม่มีคำตอบ",
    "",
)
GRADES: Final = tuple(
    to_thai_digits(grade)
    for grade in (
        *(f"ประถมศึกษาปีที่ {year}" for year in range(1, 7)),
        *(f"มัธยมศึกษาปีที่ {year}" for year in range(1, 7)),
        "อนุบาล 2",
    )
)
COUNTS: Final = tuple(to_thai_digits(count) for count in (2, 3, 4, 5, 6, 7, 8, 12, 15, 18, 24, 32, 45, 60))
AMOUNTS: Final = tuple(
    to_thai_digits(f"{amount:,}")
    for amount in (
        300,
        450,
        500,
        850,
        1_200,
        1_500,
        2_000,
        3_500,
        5_000,
        8_000,
        15_000,
        36_000,
        80_000,
        250_000,
    )
)
TERMS: Final = ("๑", "๒")


@dataclass
class Writing:
    """The petitioner's own words, and what the office's texts refer to."""

    subject: Subject
    title: str
    story: str
    heart: str
    school: str
    place: str


def write(rng: Random, subject: Subject, *, province: str, area: str, year: int) -> Writing:
    """Title and story of one petition; `year` is the school year (B.E.)."""
    school, place = names.school(rng), names.place(rng)
    slots = {
        "school": school,
        "place": place,
        "province": province,
        "area": area or "สำนักงานเขตพื้นที่การศึกษา",
        "grade": pick(rng, GRADES),
        "count": pick(rng, COUNTS),
        "amount": pick(rng, AMOUNTS),
        "term": pick(rng, TERMS),
        "year": to_thai_digits(year),
    }
    title = pick(rng, TITLE_STARTS[subject.kind]) + subject.topic.format_map(slots)
    extra = pick(rng, EXTRAS)
    heart = subject.story.format_map(slots)
    opening = pick(rng, OPENINGS).format_map(slots)
    after = f"{extra} {pick(rng, EFFECTS)} {pick(rng, REQUESTS[subject.kind])}".strip().format_map(slots)
    story = f"{opening} {heart} {after}"
    return Writing(subject=subject, title=title, story=story, heart=heart, school=school, place=place)


OPINIONS: Final = (
    "เห็นควรส่ง {agency} ตรวจสอบข้อเท็จจริงและรายงานผลภายในกำหนด",
    "เห็นควรแจ้ง {agency} พิจารณาดำเนินการตามอำนาจหน้าที่ แล้วแจ้งผู้ร้องทราบ",
    "เรื่องอยู่ในอำนาจของ {agency} เห็นควรส่งเรื่องให้พิจารณาและตอบผู้ร้องโดยตรง สำเนาแจ้งสำนักงานรัฐมนตรี",
    "ผู้ร้องให้ข้อมูลครบถ้วนตรวจสอบได้ เห็นควรมอบ {agency} ตั้งกรรมการสืบสวนข้อเท็จจริง",
)
NOTE_OPINIONS: Final = (
    "เป็นข้อเสนอแนะเชิงนโยบาย เห็นควรรับทราบและแจ้งขอบคุณผู้ร้อง",
    "เรื่องนี้มีระเบียบกำหนดไว้ชัดแล้ว เห็นควรชี้แจงผู้ร้องโดยไม่ต้องส่งหน่วยงาน",
    "ผู้ร้องไม่แจ้งรายละเอียดที่ตรวจสอบได้ เห็นควรรับไว้เป็นข้อมูลและแจ้งให้ส่งข้อมูลเพิ่มเติม",
)
ORDERS: Final = (
    "ดำเนินการตามเสนอ",
    "ชอบ ดำเนินการโดยเร็ว",
    "เห็นชอบตามเสนอ ติดตามผลให้ทราบ",
    "ส่ง {agency} ตรวจสอบ รายงานผลใน ๑๕ วันทำการ",
)
NOTES: Final = ("ทราบ", "ทราบ แจ้งผู้ร้องขอบคุณ", "รับไว้เป็นข้อมูล")
ASKS: Final = (
    "ขอให้ตรวจสอบข้อเท็จจริงตามที่ผู้ร้องแจ้ง และรายงานผลพร้อมเอกสารที่เกี่ยวข้อง",
    "ขอให้พิจารณาให้ความช่วยเหลือตามอำนาจหน้าที่ และแจ้งผลให้สำนักงานรัฐมนตรีทราบ",
    "ขอทราบข้อเท็จจริง ระเบียบที่เกี่ยวข้อง และแนวทางแก้ไข เพื่อแจ้งผู้ร้อง",
)
RESULTS: Final = (
    (Petition.Result.GRANTED, 24),
    (Petition.Result.PARTLY, 14),
    (Petition.Result.EXPLAINED, 34),
    (Petition.Result.UNFOUNDED, 11),
    (Petition.Result.NOT_POSSIBLE, 9),
    (Petition.Result.ELSEWHERE, 8),
)
ANSWERS: Final = {
    "granted": (
        "ตรวจสอบแล้วเป็นจริงตามที่ร้อง ได้แก้ไขและดำเนินการตามที่ผู้ร้องขอครบถ้วนแล้ว",
        "{school} ได้รับการจัดสรรตามที่ขอ และแจ้งผู้เกี่ยวข้องแล้ว",
        "ได้คืนเงินแก่ผู้ปกครองทุกราย และกำชับมิให้เกิดขึ้นอีก",
    ),
    "partly": (
        "ดำเนินการได้บางส่วนตามวงเงินที่มี ส่วนที่เหลือเสนอขอตั้งงบประมาณปีถัดไป",
        "พบข้อบกพร่องบางประการ ได้ว่ากล่าวตักเตือนและปรับปรุงระบบงานแล้ว",
    ),
    "explained": (
        "ได้ชี้แจงทำความเข้าใจกับผู้ปกครองในที่ประชุมแล้ว ทุกฝ่ายเข้าใจตรงกัน",
        "การดำเนินการของ{school} เป็นไปตามหลักเกณฑ์ ได้ส่งเอกสารชี้แจงมาพร้อมนี้",
    ),
    "unfounded": (
        "คณะกรรมการสืบข้อเท็จจริงสอบพยานแล้ว ไม่พบพฤติการณ์ตามที่ร้อง เห็นควรยุติเรื่อง",
        "ตรวจสอบเอกสารการเงินย้อนหลังครบถ้วน ไม่พบการทุจริต",
    ),
    "not_possible": (
        "ไม่อาจดำเนินการตามที่ขอ เพราะขัดต่อหลักเกณฑ์ที่ใช้บังคับอยู่",
        "ผู้ร้องมีคุณสมบัติไม่ครบตามประกาศ จึงไม่อาจพิจารณาให้ได้",
    ),
    "elsewhere": (
        "เรื่องอยู่ในอำนาจของหน่วยงานอื่น ได้ส่งต่อให้ดำเนินการและแจ้งผู้ร้องแล้ว",
        "ได้ประสานองค์กรปกครองส่วนท้องถิ่นรับเรื่องไปดำเนินการ",
    ),
}
TOLD: Final = (
    "สำนักงานรัฐมนตรีขอเรียนว่า {answer}",
    "ตามที่ท่านแจ้งเรื่องไว้ ขอแจ้งผลว่า {answer} ขอขอบคุณที่แจ้งข้อมูล",
)
SENT_BACK: Final = ("ขอให้ระบุหน่วยงานที่รับผิดชอบให้ชัด", "สรุปข้อเท็จจริงให้ครบทุกประเด็นที่ร้อง", "ตรวจหมวดเรื่องอีกครั้ง")
RETURNED: Final = ("ขอข้อมูลระเบียบที่เกี่ยวข้องประกอบ", "ให้หารือสำนักนิติการก่อนเสนอ")
LATE_REASONS: Final = (
    "ต้องขอข้อมูลเพิ่มเติมจากผู้ร้องก่อน",
    "เจ้าหน้าที่ผู้รับผิดชอบลาป่วย",
    "เรื่องมีหลายประเด็น ต้องตรวจเอกสารจำนวนมาก",
    "ระบบคอมพิวเตอร์ขัดข้อง",
    "มีเรื่องเข้าพร้อมกันจำนวนมากช่วงเปิดภาคเรียน",
)
DECLINES: Final = ("สถานศึกษาตามคำร้องไม่อยู่ในสังกัด", "เรื่องอยู่ในอำนาจของหน่วยงานอื่น")
VISIT_STARTS: Final = ("สอบถามเรื่อง", "ขอคำแนะนำเรื่อง", "ปรึกษาเรื่อง", "ติดตามเรื่อง")
ADVICE: Final = (
    "อธิบายหลักเกณฑ์และเอกสารที่ต้องใช้ แนะนำให้ยื่นที่ {agency} พร้อมให้หมายเลขโทรศัพท์",
    "ชี้แจงว่าเรื่องอยู่ในอำนาจของ {agency} ให้ที่อยู่และชื่อฝ่ายที่รับผิดชอบ",
    "แนะนำขั้นตอนการร้องทุกข์ มอบแบบคำร้องไปกรอก และแจ้งว่าส่งทางเว็บไซต์ได้",
    "ตรวจสอบกับ {agency} ทางโทรศัพท์แล้ว แจ้งผลเบื้องต้นให้ผู้มาติดต่อทราบ",
)
REGISTERED_ADVICE: Final = (
    "รับไว้เป็นเรื่องร้องทุกข์ มอบใบรับเรื่องพร้อมรหัสติดตาม แจ้งว่าจะทราบผลเบื้องต้นใน ๑ วันทำการ",
    "สอบถามรายละเอียดครบถ้วนแล้วลงทะเบียนเป็นเรื่องร้องทุกข์ ให้เลขเรื่องและรหัสติดตามแล้ว",
)
REMARKS: Final = (
    "เจ้าหน้าที่พูดจาดี ให้คำแนะนำชัดเจน",
    "อยากให้ตอบเร็วกว่านี้",
    "ขอบคุณที่ช่วยประสานให้",
    "ได้รับคำตอบแล้วแต่ยังไม่ค่อยเข้าใจระเบียบที่อ้าง",
    "ติดตามเรื่องทางเว็บได้สะดวกมาก",
)
ASKED: Final = "ขอทราบชื่อสถานศึกษา วันที่เกิดเหตุ และเอกสารหรือภาพถ่ายประกอบ เพื่อให้ตรวจสอบข้อเท็จจริงได้"
WHY_PAUSED: Final = "รอผลการประชุมคณะกรรมการของเขตพื้นที่การศึกษาในสัปดาห์หน้า"
WHY_EXTENDED: Final = "หน่วยงานขอขยายเวลา อยู่ระหว่างสอบพยานเพิ่มเติม"
WHY_WITHDRAWN: Final = "ผู้ร้องแจ้งทางโทรศัพท์ว่าได้รับการแก้ไขแล้ว ขอถอนเรื่อง"
OTHER_MINISTRY: Final = "กระทรวงมหาดไทย"
TOLD_TRANSFER: Final = "เรื่องที่ท่านแจ้งอยู่ในอำนาจของกระทรวงมหาดไทย สำนักงานรัฐมนตรีได้ส่งเรื่องต่อให้ดำเนินการแล้ว"
WHY_TRANSFERRED: Final = "สถานที่เกิดเหตุสังกัดองค์กรปกครองส่วนท้องถิ่น"
WHY_LOCKED: Final = "เป็นพยานหลักฐานในคดีปกครอง ห้ามแก้ไขจนกว่าคดีถึงที่สุด"
WHY_JOINED: Final = "ผู้ร้องรายเดียวกัน เรื่องเดียวกัน ส่งมาสองทาง"
WHY_SPLIT: Final = "คำร้องมีสองเรื่องซึ่งอยู่ในอำนาจคนละหน่วยงาน"
PART_TITLE: Final = "ขอให้ตรวจสอบการใช้เงินบำรุงการศึกษา (แยกจากคำร้องเดิม)"
REOPENED: Final = ("ผู้ร้องส่งหลักฐานใหม่ ขอให้ทบทวน", "หน่วยงานแจ้งผลเพิ่มเติมภายหลัง")
PLACES: Final = ("{school}", "บ้าน{place}", "ตำบล{place}")


def summary(rng: Random, writing: Writing) -> str:
    """The officer's summary: one sentence of what happened, and where."""
    lead = "ผู้ร้องแจ้งว่า" if rng.random() < 0.6 else "เรื่องโดยสรุป"
    where = f" ({writing.school})" if writing.school not in writing.heart else ""
    return f"{lead} {writing.heart}{where}"


def place(rng: Random, writing: Writing) -> str:
    return pick(rng, PLACES).format(school=writing.school, place=writing.place)


def answer(rng: Random, result: str, writing: Writing) -> str:
    return pick(rng, ANSWERS[result]).format(school=writing.school)


def result(rng: Random) -> str:
    """How a petition ends, by weight."""
    left = rng.random() * sum(weight for _result, weight in RESULTS)
    for found, weight in RESULTS:
        left -= weight
        if left < 0:
            return str(found.value)
    return str(Petition.Result.EXPLAINED.value)
