"""Addresses of coding projects, their sources, codes and passages."""

from django.urls import path

from firsthand.codebook import judging_urls
from firsthand.codebook.views import codes, coding, interchange, projects, sources, taking, texts

app_name = "codebook"

_ONE = "coding/<uuid:project>/"
_SOURCE = _ONE + "sources/<uuid:source>/"
_CODE = _ONE + "codes/<uuid:code_id>/"
_PASSAGE = _ONE + "passages/<uuid:passage>/"

urlpatterns = [
    path("coding/", projects.mine, name="projects"),
    path("coding/new/", projects.new, name="new"),
    path(_ONE, projects.project, name="project"),
    path(_ONE + "change/", projects.change, name="change"),
    path(_ONE + "coders/", projects.coders, name="coders"),
    path(_ONE + "coders/<uuid:coder>/end/", projects.coder_end, name="coder_end"),
    path(_ONE + "history/", projects.history, name="history"),
    path(_ONE + "sources/", sources.listing, name="sources"),
    path(_ONE + "sources/add/", sources.add, name="source_add"),
    path(_ONE + "sources/reports/", sources.bring_in, name="reports"),
    path(_ONE + "sources/told/", sources.told, name="told"),
    path(_SOURCE, coding.source, name="source"),
    path(_SOURCE + "next/", coding.following, name="next"),
    path(_SOURCE + "find/", coding.find, name="find"),
    path(_SOURCE + "memo/", coding.memo, name="memo"),
    path(_SOURCE + "undo/", coding.undo_last, name="undo_last"),
    path(_SOURCE + "work/", coding.work, name="work"),
    path(_SOURCE + "ask/", sources.ask, name="source_ask"),
    path(_SOURCE + "take-away/", sources.take_away, name="source_away"),
    path(_SOURCE + "put-back/", sources.put_back, name="source_back"),
    path(_PASSAGE, coding.passage, name="passage"),
    path(_PASSAGE + "take-off/", coding.uncode, name="uncode"),
    path(_PASSAGE + "put-back/", coding.recode, name="recode"),
    path(_ONE + "codes/", codes.listing, name="codes"),
    path(_ONE + "codes/looks.css", codes.looks, name="looks"),
    path(_ONE + "codes/add/", codes.add, name="code_add"),
    path(_ONE + "codes/model/", codes.from_model, name="code_model"),
    path(_ONE + "codes/changes/", codes.changes, name="changes"),
    path(_ONE + "codes/changes/<uuid:change>/undo/", codes.undo, name="change_undo"),
    path(_CODE, codes.change, name="code"),
    path(_CODE + "move/", codes.move, name="code_move"),
    path(_CODE + "merge/", codes.merge, name="code_merge"),
    path(_CODE + "split/", codes.split, name="code_split"),
    path(_CODE + "delete/", codes.delete, name="code_delete"),
]

urlpatterns += [
    path(_ONE + "sources/bring/", texts.bring, name="bring"),
    path(_ONE + "sources/bring/<uuid:arrival>/again/", texts.again, name="bring_again"),
    path(_SOURCE + "text/", texts.text, name="text"),
    path(_SOURCE + "edit/", texts.edit, name="edit"),
    path(_SOURCE + "edit/undo/", texts.edit_undo, name="edit_undo"),
    path(_SOURCE + "lost/", texts.lost, name="lost"),
    path(_PASSAGE + "place/", texts.place, name="lost_place"),
    path(_PASSAGE + "drop/", texts.drop, name="lost_drop"),
    path(_ONE + "take-away/", taking.take_away, name="take_away"),
    path(_ONE + "take-away/passages.csv", taking.passages_csv, name="passages_csv"),
    path(_SOURCE + "annotations.jsonld", taking.annotated, name="annotations"),
    path(_SOURCE + "marked.html", taking.html, name="marked_html"),
    path(_SOURCE + "marked.docx", taking.docx, name="marked_docx"),
    path(_SOURCE + "marked.pdf", taking.pdf, name="marked_pdf"),
]
urlpatterns += judging_urls.urlpatterns

urlpatterns += [
    path("coding/bring-in/", interchange.bring_in, name="bring_in"),
    path(_ONE + "take-out/", interchange.take_out, name="take_out"),
    path(_ONE + "project.qdpx", interchange.qdpx, name="qdpx"),
    path(_ONE + "codebook.qdc", interchange.qdc, name="qdc"),
    path(_ONE + "codes/bring-in/", interchange.codebook_in, name="codebook_in"),
]
