"""What of public relations says something of a person; see `office.personal`. What was published stays as it was."""

from __future__ import annotations

from typing import Final

from office.models import Matter, Shelf, Subgroup
from office.personal import Declared, ShelfOf

_ENGAGEMENT: Final = frozenset({Matter.Kind.ENGAGEMENT.value})
_PRESS: Final = frozenset({Matter.Kind.PRESS_CONFERENCE.value})
_FOREIGN: Final = frozenset({Matter.Kind.FOREIGN_DOCUMENT.value})
_BRIEF: Final = frozenset({Matter.Kind.BRIEF.value})
_RECIPIENT: Final = frozenset({Shelf.RECIPIENT.value})
_REPORTER: Final = frozenset({Shelf.REPORTER.value})
_BROUGHT: Final = "a list as it was brought; it goes whole a year after, by the clock"

SHELVES: Final = [
    ShelfOf(
        shelf=Shelf.RECIPIENT,
        model="publicrelations.Recipient",
        ended="until_on",
        subgroup=Subgroup.Code.PUBLIC_RELATIONS,
        label=lambda recipient: f"{recipient.group} {recipient.pk}",
    ),
    ShelfOf(
        shelf=Shelf.REPORTER,
        model="publicrelations.Reporter",
        ended="until_on",
        subgroup=Subgroup.Code.PUBLIC_RELATIONS,
        label=lambda reporter: str(reporter.outlet),
    ),
]

DECLARED: Final = [
    Declared(model="publicrelations.Category", kept=("name", "name_en", "slug")),
    Declared(model="publicrelations.Tag", kept=("name", "slug")),
    Declared(model="publicrelations.RelationsLine", kept=("dimension", "key")),
    Declared(
        model="publicrelations.Engagement",
        of="pk",
        subjects=_ENGAGEMENT,
        emptied=("place", "organiser", "represented_by", "also_going", "note"),
        kept=("no_news_reason", "uid"),
    ),
    Declared(
        model="publicrelations.PressConference",
        of="pk",
        subjects=_PRESS,
        emptied=("brief",),
        kept=("place",),
        public=("spokespersons",),
    ),
    Declared(
        model="publicrelations.Picture", kept=("sha256",), public=("alternative_text", "caption", "credit")
    ),
    Declared(model="publicrelations.ArticleVersion", public=("title", "lead", "body", "captions", "note")),
    Declared(model="publicrelations.ArticleRemark", public=("text",)),
    Declared(
        model="publicrelations.UnsavedText",
        apart=("title", "lead", "body"),
        why="what somebody is writing: gone when the text is saved",
    ),
    Declared(
        model="publicrelations.Article",
        kept=("slug",),
        public=("lead", "body", "video_url", "correction_note", "withdrawal_reason"),
    ),
    Declared(model="publicrelations.ArticleFile", public=("title",)),
    Declared(
        model="publicrelations.BriefOption",
        of="brief",
        subjects=_BRIEF,
        replaced=("text",),
        emptied=("reasons_for", "reasons_against"),
    ),
    Declared(
        model="publicrelations.BriefSource", of="brief", subjects=_BRIEF, replaced=("title",), public=("link",)
    ),
    Declared(
        model="publicrelations.SituationBrief",
        of="pk",
        subjects=_BRIEF,
        emptied=("order_text", "situation", "meaning", "opinion"),
    ),
    Declared(model="publicrelations.RecipientGroup", kept=("name",)),
    Declared(
        model="publicrelations.Recipient",
        of="pk",
        subjects=_RECIPIENT,
        replaced=("name",),
        emptied=("sort_name", "attention", "address", "contact_name", "telephone", "email", "note"),
        kept=("postcode",),
    ),
    Declared(
        model="publicrelations.Consignment",
        of="recipient",
        subjects=_RECIPIENT,
        replaced=("name",),
        emptied=("attention", "address", "return_note"),
        kept=("group_name", "postcode"),
    ),
    Declared(
        model="publicrelations.MediaOutlet",
        kept=("name", "sort_name", "email", "telephone", "fax", "line_id", "website", "note"),
    ),
    Declared(
        model="publicrelations.Reporter",
        of="pk",
        subjects=_REPORTER,
        replaced=("name",),
        emptied=("sort_name", "beat", "telephone", "email", "line_id"),
    ),
    Declared(model="publicrelations.Coverage", public=("headline", "link", "note")),
    Declared(
        model="publicrelations.EngagementImport",
        kept=("file_name", "header", "fields"),
        apart=("rows", "plan"),
        why=_BROUGHT,
    ),
    Declared(
        model="publicrelations.Translation", of="document", subjects=_FOREIGN, emptied=("text", "note")
    ),
    Declared(
        model="publicrelations.ForeignDocument",
        of="pk",
        subjects=_FOREIGN,
        replaced=("sender_name",),
        emptied=("order_text", "screening_note", "summary", "opinion", "answer_text", "original_text"),
        kept=("answer_reference", "filed_where", "language", "sender_organisation", "sender_country", "reference"),
    ),
    Declared(model="publicrelations.Invitation", of="conference", subjects=_PRESS, emptied=("message",)),
    Declared(model="publicrelations.InvitationLink", kept=("salt", "digest")),
    Declared(
        model="publicrelations.Attendance",
        of="conference",
        subjects=_PRESS,
        emptied=("name",),
        kept=("outlet_name",),
    ),
    Declared(model="publicrelations.Handout", public=("title",)),
    Declared(
        model="publicrelations.JournalEdition", kept=("sha256", "fingerprint", "web_sha256", "cover_sha256")
    ),
    Declared(
        model="publicrelations.Journal",
        public=(
            "cover_line", "cover_alt", "cover_credit", "editorial_title", "editorial", "editorial_by", "printer",
            "printing_note", "posting_note",
        ),
    ),
    Declared(model="publicrelations.JournalEntry", public=("section", "heading")),
    Declared(model="publicrelations.LabelPrint", kept=("sha256", "lines")),
    Declared(
        model="publicrelations.PreviewLink",
        kept=("salt", "digest"),
        apart=("to_whom",),
        why="whom an unpublished text was shown to: gone with the article",
    ),
    Declared(
        model="publicrelations.RecipientImport",
        kept=("file_name", "header", "fields"),
        apart=("rows", "plan"),
        why=_BROUGHT,
    ),
]  # fmt: skip
