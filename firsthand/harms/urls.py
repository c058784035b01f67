"""Addresses of the model. The version is in each, so that what is cited never changes."""

from django.urls import path

from firsthand.harms.views import changing, downloads, drafts, pages, publishing

app_name = "harms"
urlpatterns = [
    path("", pages.model, name="model"),
    path("in-use", publishing.in_use, name="in_use"),
    path("drafts/", drafts.listing, name="drafts"),
    path("drafts/begin", drafts.begin, name="draft_begin"),
    path("drafts/<uuid:draft>/", drafts.draft, name="draft"),
    path("drafts/<uuid:draft>/about", drafts.about, name="draft_about"),
    path("drafts/<uuid:draft>/drop", drafts.drop, name="draft_drop"),
    path("drafts/<uuid:draft>/editors", drafts.editors, name="draft_editors"),
    path(
        "drafts/<uuid:draft>/editors/<uuid:editor>/end", drafts.end_editor, name="draft_editor_end"
    ),
    path("drafts/<uuid:draft>/map", drafts.the_map, name="draft_map"),
    path("drafts/<uuid:draft>/history", drafts.history, name="draft_history"),
    path("drafts/<uuid:draft>/history/<uuid:change>/undo", drafts.undo, name="draft_undo"),
    path("drafts/<uuid:draft>/add", changing.add, name="draft_add"),
    path("drafts/<uuid:draft>/order/<str:name>", changing.rank, name="draft_rank"),
    path("drafts/<uuid:draft>/sign-off", publishing.sign_off, name="draft_sign_off"),
    path("drafts/<uuid:draft>/preview", publishing.preview, name="draft_preview"),
    path("drafts/<uuid:draft>/publish", publishing.publish, name="draft_publish"),
    path("drafts/<uuid:draft>/grounds/<uuid:ground>", publishing.ground_do, name="draft_ground_do"),
    path("drafts/<uuid:draft>/lines/<str:code>", drafts.entry, name="draft_entry"),
    path("drafts/<uuid:draft>/lines/<str:code>/ground", publishing.ground, name="draft_ground"),
    path("drafts/<uuid:draft>/lines/<str:code>/<slug:way>", changing.change, name="draft_change"),
    path("<slug:slug>/", pages.version, name="version"),
    path("<slug:slug>/making", pages.making, name="making"),
    path("<slug:slug>/changes", pages.changes, name="changes"),
    path("<slug:slug>/take/<str:name>", downloads.take, name="take"),
    path("<slug:slug>/crosswalk", pages.crosswalk, name="crosswalk"),
    path("<slug:slug>/search", pages.search, name="search"),
    path("<slug:slug>/model.<slug:form>", downloads.download, name="download"),
    path("<slug:slug>/<str:code>", pages.entry, name="entry"),
]
