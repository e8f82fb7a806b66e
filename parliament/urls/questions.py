"""Addresses of interpellations and motions, with their drafts."""

from django.urls import URLPattern, URLResolver, include, path

from office.desk import Desk
from office.views.matter import matter_page
from office.views.registers import register_filter, register_page
from office.views.steps import step
from parliament.views import drafts, lapsing, registering
from parliament.views.answer_desks import INTERPELLATIONS, MOTIONS
from parliament.views.answer_registers import INTERPELLATION_REGISTER, MOTION_REGISTER


def _of_one(desk: Desk, name: str) -> list[URLPattern]:
    """The pages of one matter that is answered; a step's name comes last, for it may be any word."""
    given = {"desk": desk}
    return [
        path("<int:pk>/", matter_page, given, name=name),
        path("<int:pk>/drafts/<int:number>/", drafts.version, given, name=f"{name}_draft"),
        path("<int:pk>/drafts/<int:number>/paper/", drafts.paper, given, name=f"{name}_draft_paper"),
        path("<int:pk>/drafts/<int:number>/word/", drafts.word, given, name=f"{name}_draft_word"),
        path("<int:pk>/compare/", drafts.compare, given, name=f"{name}_compare"),
        path("<int:pk>/similar/", drafts.similar, given, name=f"{name}_similar"),
        path("<int:pk>/<slug:name>/", step, given, name=f"{name}_step"),
    ]


_interpellations = [
    path("", register_page, {"register": INTERPELLATION_REGISTER}, name="interpellations"),
    path("filter/", register_filter, {"register": INTERPELLATION_REGISTER}, name="interpellation_filter"),
    path("new/", registering.new_interpellation, name="interpellation_new"),
    path("new/due/", registering.interpellation_due, name="interpellation_due"),
    *_of_one(INTERPELLATIONS, "interpellation"),
]

_motions = [
    path("", register_page, {"register": MOTION_REGISTER}, name="motions"),
    path("filter/", register_filter, {"register": MOTION_REGISTER}, name="motion_filter"),
    path("new/", registering.new_motion, name="motion_new"),
    *_of_one(MOTIONS, "motion"),
]

patterns: list[URLPattern | URLResolver] = [
    path("interpellations/", include(_interpellations)),
    path("motions/", include(_motions)),
    path("lapse/", lapsing.lapse, name="lapse"),
]
