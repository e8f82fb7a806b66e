"""Who may read and who may act, room by room, as the office has it; nothing here asks the code under test.

A person's way to a row is decided twice: by the room (this table) and, where the row is a matter or somebody's own, by
the row (`may_see`). The first pattern that fits an address counts; an address that fits none makes the test fail.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from tests.security.rows import AGREEMENT, SECRET

NOBODY: Final = "nobody"
COMPLAINTS: Final = frozenset({"officer", "head"})
POLITICS: Final = frozenset({"politics", "politics-head"})
NEWS: Final = frozenset({"news", "news-head"})
HEADS: Final = frozenset({"head", "politics-head", "news-head"})
STAFF: Final = COMPLAINTS | POLITICS | NEWS
EXECUTIVE: Final = frozenset({"executive"})
ADMIN: Final = frozenset({"admin"})
HOUSE: Final = STAFF | EXECUTIVE | ADMIN
NONE: Final[frozenset[str]] = frozenset()
ROLES: Final = [NOBODY, *sorted(HOUSE)]
SUBGROUPS: Final = {"complaints": COMPLAINTS, "politics": POLITICS, "publicrelations": NEWS}


@dataclass(frozen=True)
class Rule:
    """Who is let in to a room's addresses. `acts` are those who may send something, if others than the readers;
    a `posted` address takes nothing but POST; a `public` one asks nobody to sign in."""

    views: str
    reads: frozenset[str]
    acts: frozenset[str] | None = None
    posted: bool = False
    public: bool = False

    def let_in(self, row: str, *, acting: bool) -> frozenset[str]:
        people = self.reads if self.acts is None or not acting else self.acts
        return people & may_see(row)


def may_see(row: str) -> frozenset[str]:
    """A subgroup's matter: its people and the executives; a colleague's secret one: the head and the executives.
    What is somebody's own: that person alone, an agreement also who
    is above. Anything else is the room's."""
    code = row.removeprefix(SECRET)
    if code in SUBGROUPS:
        own = SUBGROUPS[code]
        return (own & HEADS if row.startswith(SECRET) else own) | EXECUTIVE
    if row.startswith(AGREEMENT):
        person = row.removeprefix(AGREEMENT)
        return next({person} | (own & HEADS) for own in SUBGROUPS.values() if person in own) | EXECUTIVE
    if row.startswith("of "):
        return frozenset({row.removeprefix("of ")})
    return HOUSE


def has_steps(row: str) -> bool:
    """Whether it is a matter or an agreement: its state decides which of its pages are open to those who read it."""
    return row.removeprefix(SECRET) in SUBGROUPS or row.startswith(AGREEMENT)


def rules(views: str, reads: frozenset[str], **kwargs: object) -> list[Rule]:
    return [Rule(one, reads, **kwargs) for one in views.split()]  # type: ignore[arg-type]


RULES: Final[list[Rule]] = [
    # ── Open to everybody ───────────────────────────────────────────────────────────────────
    *rules("petition:answer petition:satisfaction petition:draft_save", HOUSE, public=True, posted=True),
    *rules("site:* open_data:* petition:* api:* alive ready metrics set_language", HOUSE, public=True),
    *rules("office:help office:help_citizen", HOUSE, public=True),
    # With a secret in the address; a wrong one is nobody's.
    *rules("agency:* contact:own feeds:personal parliament_links:* publicrelations_links:*", HOUSE, public=True),
    *rules("preview:* survey_links:*", HOUSE, public=True),
    *rules(
        "account_login account_logout account_inactive account_signup account_email_verification_sent"
        " account_reset_password* account_confirm* mfa_authenticate",
        HOUSE,
        public=True,
    ),
    *rules("account_* mfa_* usersessions_list", HOUSE),
    # ── Petitions ───────────────────────────────────────────────────────────────────────────
    *rules("complaints:petitions complaints:petition_filter complaints:related_list complaints:letters", HOUSE),
    *rules("complaints:related_filter complaints:hearings complaints:receipt complaints:bulk*", HOUSE),
    *rules("complaints:by_thai_id", COMPLAINTS | EXECUTIVE, posted=True),
    *rules("complaints:suggestion complaints:doubles_beside complaints:mail_day_*", COMPLAINTS, posted=True),
    *rules("complaints:petitioner", COMPLAINTS | EXECUTIVE, posted=True),
    *rules("complaints:visit_person", COMPLAINTS, posted=True),
    *rules("complaints:intake complaints:related_new complaints:visit*", COMPLAINTS),
    *rules("complaints:letter_batch_sample complaints:letter_batch_make", COMPLAINTS, posted=True),
    *rules("complaints:mail_day complaints:letter_batch* complaints:letter_new", COMPLAINTS),
    *rules("complaints:letter complaints:letter_paper*", COMPLAINTS | EXECUTIVE),
    *rules("complaints:letter_*", COMPLAINTS, posted=True),
    *rules("complaints:unlink", COMPLAINTS, posted=True),
    *rules("complaints:petition complaints:related complaints:doubles", COMPLAINTS | EXECUTIVE),
    *rules("complaints:join_which", COMPLAINTS | EXECUTIVE),
    *rules("complaints:join complaints:link complaints:split", COMPLAINTS | EXECUTIVE, acts=COMPLAINTS),
    *rules("complaints:step complaints:related_step", COMPLAINTS | EXECUTIVE),
    # ── Parliament ──────────────────────────────────────────────────────────────────────────
    *rules("parliament:meetings parliament:follow_ups parliament:interpellations parliament:motions", HOUSE),
    *rules("parliament:bills parliament:consultations parliament:*_filter", HOUSE),
    *rules("parliament:interpellation_due", POLITICS),
    *rules("parliament:recess_declare parliament:recess_withdraw", POLITICS & HEADS, posted=True),
    *rules("parliament:recess_end parliament:lapse", POLITICS & HEADS),
    *rules("parliament:member_import_confirm", POLITICS & HEADS, posted=True),
    *rules("parliament:seat_*", POLITICS, posted=True),
    *rules("parliament:member_new parliament:member_edit parliament:member_leave", POLITICS),
    *rules("parliament:member_import*", POLITICS),
    *rules("parliament:committee_new parliament:committee_edit parliament:session_*", POLITICS),
    *rules("parliament:party_* parliament:body_* parliament:*_new", POLITICS),
    *rules("parliament:members_import parliament:members_template", POLITICS),
    *rules("parliament:meeting_letter", POLITICS | EXECUTIVE, posted=True),
    *rules("parliament:meeting_mark parliament:binder_make", POLITICS, posted=True),
    *rules("parliament:*", POLITICS | EXECUTIVE),
    # ── Public relations ────────────────────────────────────────────────────────────────────
    *rules("publicrelations:journal_open publicrelations:*_confirm", NEWS, posted=True),
    *rules("publicrelations:reporter_contact", NEWS, posted=True),
    # What a reader typed is their own; what they may see is shown; the step itself asks for its right.
    *rules("publicrelations:article_unsaved* publicrelations:press_letter", NEWS | EXECUTIVE, posted=True),
    *rules("publicrelations:press_walk_in", NEWS | EXECUTIVE, acts=NEWS, posted=True),
    *rules("publicrelations:article_preview* publicrelations:press_mark", NEWS, posted=True),
    *rules("publicrelations:*_new publicrelations:*_import* publicrelations:*_template", NEWS),
    *rules("publicrelations:media_* publicrelations:*_edit publicrelations:*_merge", NEWS),
    *rules("publicrelations:engagement_conflicts", NEWS),
    *rules("publicrelations:articles publicrelations:engagements publicrelations:briefs", HOUSE),
    *rules("publicrelations:foreign_documents publicrelations:journals publicrelations:press_conferences", HOUSE),
    *rules("publicrelations:*_filter", HOUSE),
    *rules("publicrelations:*", NEWS | EXECUTIVE),
    # ── The whole group: plan, project, results, agreements ─────────────────────────────────
    *rules("projectplan:open_data_switch", HEADS | EXECUTIVE | ADMIN, posted=True),
    *rules("projectplan:plan_edit projectplan:plan_remove projectplan:plan_roll_over", HEADS | EXECUTIVE | ADMIN),
    *rules("projectplan:plan* projectplan:open_data projectplan:dashboard projectplan:strategies", HOUSE),
    *rules("projectplan:month_card", HOUSE),
    *rules("projectplan:work projectplan:kpi_evidence", STAFF | EXECUTIVE),
    *rules("projectplan:kpi", STAFF | EXECUTIVE),
    *rules("projectplan:kpi_enter", STAFF),
    *rules("projectplan:kpi_anew projectplan:work_anew", HEADS),
    *rules("projectplan:glance*", EXECUTIVE),
    *rules("projectplan:workload projectplan:promises", HEADS | EXECUTIVE),
    *rules("projectplan:milestone_done", STAFF, posted=True),
    *rules("projectplan:budget_decide", HOUSE, acts=HEADS, posted=True),
    *rules("projectplan:budget_enter projectplan:budget_reverse projectplan:milestone_new", STAFF),
    *rules("projectplan:budget_calendar", HOUSE, acts=STAFF),
    *rules("projectplan:project* projectplan:budget*", HOUSE),
    *rules("projectplan:survey_open projectplan:survey_close projectplan:survey_remind", STAFF, posted=True),
    *rules("projectplan:survey_comment projectplan:participants_confirm", STAFF, posted=True),
    *rules("projectplan:participant_contact", STAFF, posted=True),
    *rules("projectplan:seminars projectplan:seminar projectplan:seminar_file projectplan:surveys", STAFF | EXECUTIVE),
    *rules("projectplan:survey projectplan:survey_results projectplan:training", STAFF | EXECUTIVE),
    *rules("projectplan:training_export", STAFF | EXECUTIVE),
    *rules("projectplan:trained_person projectplan:training_evidence", STAFF | EXECUTIVE),
    *rules("projectplan:seminar* projectplan:participant* projectplan:survey_* projectplan:training_*", STAFF),
    *rules("projectplan:agreement_begin_group", HEADS | EXECUTIVE),
    *rules("projectplan:agreement_begin", STAFF),
    *rules("projectplan:agreement* projectplan:my_agreement", STAFF | EXECUTIVE),
    *rules("projectplan:hand_over* projectplan:hand_back", HEADS, posted=True),
    *rules("projectplan:today_take", STAFF | EXECUTIVE, posted=True),
    *rules("projectplan:decide*", EXECUTIVE),
    *rules("projectplan:topic_new projectplan:topic_edit projectplan:topic_remove", STAFF | EXECUTIVE),
    *rules("projectplan:*", HOUSE),
    # ── Reports ─────────────────────────────────────────────────────────────────────────────
    *rules("reports:issue", COMPLAINTS),
    *rules("reports:book_issue", HEADS | EXECUTIVE),
    *rules("reports:period reports:xlsx reports:word reports:csv reports:matters", COMPLAINTS | EXECUTIVE),
    *rules("reports:trends reports:places reports:recurring", COMPLAINTS | EXECUTIVE),
    *rules("reports:list", STAFF | EXECUTIVE),
    *rules("reports:*", HOUSE),
    # ── Retention, people's own data, administration ────────────────────────────────────────
    *rules("retention:request_search retention:request_verdicts retention:request_export", HEADS, posted=True),
    *rules("retention:export_take", HEADS, posted=True),
    *rules("retention:request*", HEADS),
    *rules("retention:check retention:confirm", STAFF | EXECUTIVE, posted=True),
    *rules("retention:index retention:batch retention:give_back", HOUSE),
    *rules("retention:hold retention:lift", HEADS | EXECUTIVE),
    *rules("administration:again administration:clock_now", ADMIN, posted=True),
    *rules("administration:*", ADMIN),
    *rules("imports:hub", HEADS | ADMIN),
    *rules("imports:match imports:load imports:throw", frozenset({"head"}) | ADMIN, posted=True),
    *rules("imports:*", frozenset({"head"}) | ADMIN),
    # ── What every room shares ──────────────────────────────────────────────────────────────
    *rules("search:save search:change search:pause search:delete", HOUSE, posted=True),
    *rules("search:*", HOUSE),
    *rules("office:undo office:save_view office:delete_view office:notices_read office:notice_*", HOUSE, posted=True),
    *rules("office:presence office:feed_* office:tour_seen", HOUSE, posted=True),
    *rules("office:calendar_add office:calendar_remove", HEADS | ADMIN, posted=True),
    *rules("office:calendar_moves", HEADS | ADMIN, acts=HEADS),
    *rules("office:contact_confirm office:correction_decide", STAFF | ADMIN, posted=True),
    *rules("office:network_import_confirm", STAFF | ADMIN, posted=True),
    *rules("office:doubles office:agency_which office:agency_merge office:contact_merge", HEADS | ADMIN),
    *rules("office:agency_* office:contact_* office:ask office:corrections", STAFF | ADMIN),
    *rules("office:network_import* office:network_template", STAFF | ADMIN),
    *rules("office:document_in_new office:document_in_edit office:document_in_practice", STAFF),
    *rules("office:document_in_pass office:document_in_matter office:document_in_strike", STAFF),
    *rules("office:link_*", STAFF | EXECUTIVE),
    *rules("office:*", HOUSE),
]  # fmt: skip


def rule_of(view: str) -> Rule | None:
    return next((rule for rule in RULES if fnmatchcase(view, rule.views)), None)
