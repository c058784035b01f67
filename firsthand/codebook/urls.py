"""Addresses of coding projects, their sources, codes and passages."""

from django.urls import path

from firsthand.codebook.views import projects, taking, texts

app_name = "codebook"

_ONE = "coding/<uuid:project>/"

urlpatterns = [
    path("coding/", projects.mine, name="projects"),
    path("coding/new/", projects.new, name="new"),
    path(_ONE, projects.project, name="project"),
]

_TEXT = _ONE + "sources/<uuid:source>/"
_LOST = _ONE + "passages/<uuid:passage>/"
urlpatterns += [
    path(_ONE + "sources/bring/", texts.bring, name="bring"),
    path(_ONE + "sources/bring/<uuid:arrival>/again/", texts.again, name="bring_again"),
    path(_TEXT + "text/", texts.text, name="text"),
    path(_TEXT + "edit/", texts.edit, name="edit"),
    path(_TEXT + "edit/undo/", texts.edit_undo, name="edit_undo"),
    path(_TEXT + "lost/", texts.lost, name="lost"),
    path(_LOST + "place/", texts.place, name="lost_place"),
    path(_LOST + "drop/", texts.drop, name="lost_drop"),
    path(_ONE + "take-away/", taking.take_away, name="take_away"),
    path(_ONE + "take-away/passages.csv", taking.passages_csv, name="passages_csv"),
    path(_TEXT + "annotations.jsonld", taking.annotated, name="annotations"),
    path(_TEXT + "marked.html", taking.html, name="marked_html"),
    path(_TEXT + "marked.docx", taking.docx, name="marked_docx"),
    path(_TEXT + "marked.pdf", taking.pdf, name="marked_pdf"),
]
