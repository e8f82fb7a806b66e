"""Addresses of meetings, their calendar and board, and follow-ups."""

from django.urls import URLPattern, URLResolver, include, path

from office.views.matter import matter_page
from office.views.registers import register_filter, register_page
from office.views.steps import step
from parliament.views import meeting_calendar, meetings
from parliament.views.meeting_desks import FOLLOW_UPS, MEETINGS
from parliament.views.meeting_registers import FOLLOW_UP_REGISTER, MEETING_REGISTER

_meetings = [
    path("", register_page, {"register": MEETING_REGISTER}, name="meetings"),
    path("filter/", register_filter, {"register": MEETING_REGISTER}, name="meeting_filter"),
    path("calendar/", meeting_calendar.calendar, name="meeting_calendar"),
    path("board/", meeting_calendar.board, name="meeting_board"),
    path("new/", meetings.new_meeting, name="meeting_new"),
    path("<int:pk>/", matter_page, {"desk": MEETINGS}, name="meeting"),
    path("<int:pk>/mark/", meetings.mark, name="meeting_mark"),
    path("<int:pk>/letter/", meetings.letter, name="meeting_letter"),
    path("<int:pk>/<slug:name>/", step, {"desk": MEETINGS}, name="meeting_step"),
]

_follow_ups = [
    path("", register_page, {"register": FOLLOW_UP_REGISTER}, name="follow_ups"),
    path("filter/", register_filter, {"register": FOLLOW_UP_REGISTER}, name="follow_up_filter"),
    path("<int:pk>/", matter_page, {"desk": FOLLOW_UPS}, name="follow_up"),
    path("<int:pk>/<slug:name>/", step, {"desk": FOLLOW_UPS}, name="follow_up_step"),
]

patterns: list[URLPattern | URLResolver] = [
    path("meetings/", include(_meetings)),
    path("follow-ups/", include(_follow_ups)),
    path("matter-names/", meetings.matter_names, name="matter_names"),
]
