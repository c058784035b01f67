"""Addresses of the model. The version is in each, so that what is cited never changes."""

from django.urls import path

from firsthand.harms.views import downloads, pages

app_name = "harms"
urlpatterns = [
    path("", pages.model, name="model"),
    path("<slug:slug>/", pages.version, name="version"),
    path("<slug:slug>/making", pages.making, name="making"),
    path("<slug:slug>/crosswalk", pages.crosswalk, name="crosswalk"),
    path("<slug:slug>/search", pages.search, name="search"),
    path("<slug:slug>/model.<slug:form>", downloads.download, name="download"),
    path("<slug:slug>/<str:code>", pages.entry, name="entry"),
]
