"""Every address of the worker's pages. No name, date or number of anybody is ever in one: ids are random."""

from django.urls import include, path

from wenlock.workspace.views import (
    access,
    due,
    duplicates,
    emergency,
    family,
    home,
    notes,
    own_words,
    people,
    record,
)

app_name = "workspace"

urlpatterns = [
    path("", home.home, name="home"),
    path("purpose/", home.purpose, name="purpose"),
    path("people/", people.search, name="search"),
    path("people/found/<slug:key>/", people.found, name="found"),
    path("people/found/<slug:key>/keep/", people.keep, name="keep_search"),
    path("people/searches/<uuid:search>/forget/", people.forget, name="forget_search"),
    path("people/<uuid:person>/", record.summary, name="person"),
    path("people/<uuid:person>/timeline/", record.timeline, name="timeline"),
    path("people/<uuid:person>/family/", family.family, name="family"),
    path("people/<uuid:person>/family/keep/", family.keep, name="keep_genogram"),
    path("people/<uuid:person>/family/kept/<uuid:genogram>/", family.kept, name="kept_genogram"),
    path("people/<uuid:person>/looked/", record.looked, name="looked"),
    path("people/<uuid:person>/addresses/<uuid:address>/reveal/", access.reveal, name="reveal"),
    path("people/<uuid:person>/conflict/", access.conflict, name="conflict"),
    path("people/<uuid:person>/close/", access.close, name="close"),
    path("people/<uuid:person>/merges/", duplicates.merges, name="merges"),
    path("people/<uuid:person>/merges/<uuid:merge>/apart/", duplicates.undo, name="undo_merge"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<uuid:person>/<uuid:other>/", duplicates.compare, name="compare"),
    path("duplicates/<uuid:person>/<uuid:other>/different/", duplicates.different, name="different"),
    path("people/<uuid:person>/own-words/", own_words.of_child, name="own_words"),
    path("people/<uuid:person>/own-words/<uuid:words>/", own_words.answer, name="own_words_answer"),
    path("people/<uuid:person>/notes/", notes.notes, name="notes"),
    path("people/<uuid:person>/notes/write/", notes.write, name="write"),
    path("people/<uuid:person>/notes/<uuid:note>/draft/", notes.draft, name="draft"),
    path("people/<uuid:person>/notes/<uuid:note>/correct/", notes.correct, name="correct"),
    path("people/<uuid:person>/notes/<uuid:note>/retract/", notes.retract, name="retract"),
    path("people/<uuid:person>/documents/", include("wenlock.workspace.document_urls")),
    path("contacts/", include("wenlock.workspace.contact_urls")),
    path("due/", due.listed, name="due"),
    path("due/<uuid:clock>/", due.clock, name="due-clock"),
    path("closed/", access.closed, name="closed"),
    path("closed/<uuid:restriction>/open/", access.reopen, name="reopen"),
    path("emergency-access/", emergency.opening, name="emergency"),
    path("emergency-access/<uuid:person>/end/", emergency.end, name="end_emergency"),
    path("reviews/", emergency.reviews, name="reviews"),
    path("reviews/<uuid:access>/", emergency.review, name="review"),
]
