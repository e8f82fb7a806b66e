"""Addresses of members, committees, sessions and recesses."""

from django.urls import URLPattern, URLResolver, path, re_path

from parliament.views import bodies, committees, member_import, members, morning, sessions

patterns: list[URLPattern | URLResolver] = [
    path("members/", members.members, name="members"),
    path("members/export/", members.members_export, name="members_export"),
    path("members/new/", members.member_new, name="member_new"),
    path("members/import/", member_import.upload, name="members_import"),
    re_path(
        r"^members/import/template\.(?P<kind>csv|xlsx)$", member_import.template, name="members_template"
    ),
    path("members/import/<int:pk>/", member_import.preview, name="member_import"),
    path("members/import/<int:pk>/confirm/", member_import.confirm, name="member_import_confirm"),
    path("members/import/<int:pk>/wrong/", member_import.wrong_rows, name="member_import_wrong"),
    path("members/<int:pk>/", members.member, name="member"),
    path("members/<int:pk>/edit/", members.member_edit, name="member_edit"),
    path("members/<int:pk>/leave/", members.member_leave, name="member_leave"),
    path("committees/", committees.committees, name="committees"),
    path("committees/new/", committees.committee_new, name="committee_new"),
    path("committees/<int:pk>/", committees.committee, name="committee"),
    path("committees/<int:pk>/edit/", committees.committee_edit, name="committee_edit"),
    path("committees/<int:pk>/seats/", committees.seat_add, name="seat_add"),
    path("committees/<int:pk>/seats/<int:seat>/remove/", committees.seat_remove, name="seat_remove"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/sittings.ics", sessions.sittings_export, name="sittings_export"),
    path("sessions/new/", sessions.session_new, name="session_new"),
    path("sessions/<int:pk>/edit/", sessions.session_edit, name="session_edit"),
    path("sessions/recess/", sessions.recess_declare, name="recess_declare"),
    path("sessions/recess/<int:pk>/end/", sessions.recess_end, name="recess_end"),
    path("sessions/recess/<int:pk>/withdraw/", sessions.recess_withdraw, name="recess_withdraw"),
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/parties/new/", bodies.party_new, name="party_new"),
    path("bodies/parties/<int:pk>/edit/", bodies.party_edit, name="party_edit"),
    path("bodies/new/", bodies.body_new, name="body_new"),
    path("bodies/<int:pk>/edit/", bodies.body_edit, name="body_edit"),
    path("morning/", morning.morning, name="morning"),
]
