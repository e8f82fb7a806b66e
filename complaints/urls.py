"""Addresses of the petitions subgroup's own pages."""

from django.urls import include, path

from complaints.letter_urls import letter_paths
from complaints.views import (
    bulk,
    by_thai_id,
    doubles,
    intake,
    joining,
    petitioner,
    related,
    suggestion,
    visits,
)
from complaints.views.desk import PETITIONS, RELATED
from complaints.views.registers import PETITION_REGISTER, RELATED_REGISTER
from office.views.matter import matter_page
from office.views.registers import register_filter, register_page
from office.views.steps import step

app_name = "complaints"

petitions = [
    path("", register_page, {"register": PETITION_REGISTER}, name="petitions"),
    path("by-id/", by_thai_id.by_thai_id, name="by_thai_id"),
    path("filter/", register_filter, {"register": PETITION_REGISTER}, name="petition_filter"),
    path("bulk/", bulk.preview, name="bulk"),
    path("bulk/take/", bulk.confirm, name="bulk_confirm"),
    path("new/", intake.intake, name="intake"),
    path("suggestion/", suggestion.suggestion, name="suggestion"),
    path("new/doubles/", doubles.beside, name="doubles_beside"),
    path("receipt/", intake.receipt, name="receipt"),
    path("<int:pk>/", matter_page, {"desk": PETITIONS}, name="petition"),
    path("<int:pk>/petitioner/", petitioner.petitioner, name="petitioner"),
    path("<int:pk>/doubles/", doubles.of_petition, name="doubles"),
    path("<int:pk>/join/", joining.which, name="join_which"),
    path("<int:pk>/join/<int:other>/", joining.join, name="join"),
    path("<int:pk>/link/", joining.link, name="link"),
    path("<int:pk>/unlink/<int:other>/", joining.unlink, name="unlink"),
    path("<int:pk>/split/", joining.split, name="split"),
    path("<int:pk>/<slug:name>/", step, {"desk": PETITIONS}, name="step"),
]

counter = [
    path("", visits.visits, name="visits"),
    path("new/", visits.new, name="visit_new"),
    path("<int:pk>/", visits.visit, name="visit"),
    path("<int:pk>/correct/", visits.correct, name="visit_correct"),
    path("<int:pk>/person/", visits.person, name="visit_person"),
    path("<int:pk>/slip/", visits.slip, name="visit_slip"),
    path("<int:pk>/slip.pdf", visits.slip_pdf, name="visit_slip_pdf"),
]

related_matters = [
    path("", register_page, {"register": RELATED_REGISTER}, name="related_list"),
    path("filter/", register_filter, {"register": RELATED_REGISTER}, name="related_filter"),
    path("hearings/", related.hearings, name="hearings"),
    path("new/<slug:kind>/", related.new, name="related_new"),
    path("<int:pk>/", matter_page, {"desk": RELATED}, name="related"),
    path("<int:pk>/<slug:name>/", step, {"desk": RELATED}, name="related_step"),
]

urlpatterns = [
    path("related/", include(related_matters)),
    path("petitions/", include(petitions)),
    path("visits/", include(counter)),
    path("letters/", include(letter_paths)),
]
