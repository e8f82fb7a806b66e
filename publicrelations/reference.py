"""Rows that no matter of public relations can be carried without: rules of time, headings of news, groups of
recipients."""

from __future__ import annotations

from typing import Final

from office.calendar import Unit
from office.first_rules import TO_BE_CONFIRMED, FirstRule, load_first_rules
from office.models import Deadline, Matter
from publicrelations.models import Category, RecipientGroup

DAYS: Final = Unit.WORKING_DAYS.value

RULES: Final[list[FirstRule]] = [
    # The news of an engagement appears the same day; after hours or on a day off, on the next working day.
    (Matter.Kind.ENGAGEMENT, Deadline.Kind.NEWS, "", 0, DAYS, TO_BE_CONFIRMED),
    # One that calls for no news: that somebody records that it was held.
    (Matter.Kind.ENGAGEMENT, Deadline.Kind.CLOSE, "", 3, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.ENGAGEMENT, Deadline.Kind.RESUME, "", 10, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.ARTICLE, Deadline.Kind.WRITING, "", 1, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.ARTICLE, Deadline.Kind.CHECK, "", 1, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.ARTICLE, Deadline.Kind.PUBLISH, "", 1, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.FOREIGN_DOCUMENT, Deadline.Kind.SCREEN, "", 1, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.FOREIGN_DOCUMENT, Deadline.Kind.TRANSLATE, "", 3, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.FOREIGN_DOCUMENT, Deadline.Kind.SUMMARISE, "", 1, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.FOREIGN_DOCUMENT, Deadline.Kind.CHECK, "", 1, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.FOREIGN_DOCUMENT, Deadline.Kind.TO_MINISTER, "", 5, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.FOREIGN_DOCUMENT, Deadline.Kind.ORDER, "", 3, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.FOREIGN_DOCUMENT, Deadline.Kind.REPLY, "", 5, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.FOREIGN_DOCUMENT, Deadline.Kind.CLOSE, "", 5, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.BRIEF, Deadline.Kind.TO_MINISTER, "", 2, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.BRIEF, Deadline.Kind.CHECK, "", 1, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.BRIEF, Deadline.Kind.ORDER, "", 3, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.BRIEF, Deadline.Kind.CLOSE, "", 5, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.PRESS_CONFERENCE, Deadline.Kind.COVERAGE, "", 3, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.PRESS_CONFERENCE, Deadline.Kind.RESUME, "", 5, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.PRESS_CONFERENCE, Deadline.Kind.CLOSE, "", 10, DAYS, TO_BE_CONFIRMED),
    # Of one whose content was opened again; else the content is closed by the schedule of its month.
    (Matter.Kind.JOURNAL, Deadline.Kind.CONTENT, "", 2, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.JOURNAL, Deadline.Kind.PROOF, "", 3, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.JOURNAL, Deadline.Kind.ORDER, "", 2, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.JOURNAL, Deadline.Kind.PRINT, "", 5, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.JOURNAL, Deadline.Kind.MAIL, "", 3, DAYS, TO_BE_CONFIRMED),
    (Matter.Kind.JOURNAL, Deadline.Kind.CLOSE, "", 15, DAYS, TO_BE_CONFIRMED),
]


RECIPIENT_GROUPS: Final = [
    ("องค์กรหลัก", 20),
    ("หน่วยงานในกำกับ", 10),
    ("สำนักงานเขตพื้นที่การศึกษา (สพท.)", 5),
    ("สบย. กทม. และ ๑๒ เขต", 10),
    ("ผู้รับอื่น", 1),
]
"""The plan's groups of the journal's recipients, in its order, and how many copies each is usually sent."""

CATEGORIES: Final = [
    ("นโยบายการศึกษา", "Education policy", "education-policy"),
    ("ภารกิจรัฐมนตรี", "The Minister at work", "minister-at-work"),
    ("คุณภาพการศึกษา", "Quality of education", "quality"),
    ("โอกาสทางการศึกษา", "Access to education", "access"),
    ("ครูและบุคลากร", "Teachers and staff", "teachers"),
    ("ต่างประเทศ", "International", "international"),
    ("ประกาศ", "Announcements", "announcements"),
]
"""Under what a new office writes its news: Thai, English, address; no article is published without one."""


def load(using: str) -> None:
    """The rules of time, the headings of news, and the groups of the journal's recipients."""
    load_first_rules(using, RULES)
    categories = Category.objects.using(using)
    if not categories.exists():
        categories.bulk_create(
            Category(name=name, name_en=name_en, slug=slug, position=position)
            for position, (name, name_en, slug) in enumerate(CATEGORIES, start=1)
        )
    groups = RecipientGroup.objects.using(using)
    if not groups.exists():
        groups.bulk_create(
            RecipientGroup(name=name, order=order, default_copies=copies)
            for order, (name, copies) in enumerate(RECIPIENT_GROUPS, start=1)
        )
