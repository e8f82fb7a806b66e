"""Addresses of the petitions subgroup's own pages."""

from django.urls import include, path

from complaints.letter_urls import letter_paths
from complaints.views import bulk, detail, doubles, intake, joining, lists, related, steps, suggestion, visits

app_name = "complaints"

petitions = [
    path("", lists.petitions, name="petitions"),
    path("by-id/", lists.by_thai_id, name="by_thai_id"),
    path("filter/", lists.petition_filter, name="petition_filter"),
    path("bulk/", bulk.preview, name="bulk"),
    path("bulk/take/", bulk.confirm, name="bulk_confirm"),
    path("new/", intake.intake, name="intake"),
    path("suggestion/", suggestion.suggestion, name="suggestion"),
    path("new/doubles/", doubles.beside, name="doubles_beside"),
    path("receipt/", intake.receipt, name="receipt"),
    path("<int:pk>/", detail.petition, name="petition"),
    path("<int:pk>/petitioner/", detail.petitioner, name="petitioner"),
    path("<int:pk>/doubles/", doubles.of_petition, name="doubles"),
    path("<int:pk>/join/", joining.which, name="join_which"),
    path("<int:pk>/join/<int:other>/", joining.join, name="join"),
    path("<int:pk>/link/", joining.link, name="link"),
    path("<int:pk>/unlink/<int:other>/", joining.unlink, name="unlink"),
    path("<int:pk>/split/", joining.split, name="split"),
    path("<int:pk>/<slug:name>/", steps.step, name="step"),
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
    path("", related.related_list, name="related_list"),
    path("filter/", related.related_filter, name="related_filter"),
    path("hearings/", related.hearings, name="hearings"),
    path("new/<slug:kind>/", related.new, name="related_new"),
    path("<int:pk>/", detail.related, name="related"),
    path("<int:pk>/<slug:name>/", steps.related_step, name="related_step"),
]

urlpatterns = [
    path("related/", include(related_matters)),
    path("petitions/", include(petitions)),
    path("visits/", include(counter)),
    path("letters/", include(letter_paths)),
]
