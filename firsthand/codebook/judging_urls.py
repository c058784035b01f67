"""Addresses of what comes after coding: coding twice, agreement, settling, themes, findings."""

from django.urls import path

from firsthand.codebook.views import agreement, handing, settling, themes

_ONE = "coding/<uuid:project>/"
_SOURCE = _ONE + "sources/<uuid:source>/"
_THEME = _ONE + "themes/<uuid:theme>/"
_FINDING = _ONE + "findings/<uuid:finding>/"

urlpatterns = [
    path("coding/themes-of-2023/", themes.example, name="example_themes"),
    path(_ONE + "twice/", agreement.twice, name="twice"),
    path(_ONE + "agreement/", agreement.agreement, name="agreement"),
    path(_ONE + "agreement.csv", agreement.agreement_file, {"form": "csv"}, name="agreement_csv"),
    path(
        _ONE + "agreement.json", agreement.agreement_file, {"form": "json"}, name="agreement_json"
    ),
    path(_ONE + "agreement.svg", agreement.agreement_file, {"form": "svg"}, name="agreement_svg"),
    path(_SOURCE + "side-by-side/", settling.compare, name="compare"),
    path(_SOURCE + "side-by-side/<uuid:code_id>/<uuid:passage>/", settling.settle, name="settle"),
    path(_SOURCE + "agreed.csv", settling.agreed_file, {"form": "csv"}, name="agreed_csv"),
    path(_SOURCE + "agreed.json", settling.agreed_file, {"form": "json"}, name="agreed_json"),
    path(_ONE + "settled/<uuid:settlement>/undo/", settling.undo, name="settle_undo"),
    path(_ONE + "themes/", themes.listing, name="themes"),
    path(_ONE + "themes/add/", themes.add, name="theme_add"),
    path(_ONE + "themes/begin/", themes.begin, name="themes_begin"),
    path(_ONE + "themes.csv", themes.themes_file, {"form": "csv"}, name="themes_csv"),
    path(_ONE + "themes.json", themes.themes_file, {"form": "json"}, name="themes_json"),
    path(_THEME, themes.theme, name="theme"),
    path(_THEME + "map/", themes.map_, name="theme_map"),
    path(_THEME + "map/<uuid:mapping>/end/", themes.unmap, name="theme_unmap"),
    path(_THEME + "away/", themes.away, name="theme_away"),
    path(_THEME + "back/", themes.back, name="theme_back"),
    path(_THEME + "passages/", themes.passages, name="theme_passages"),
    path(_ONE + "beneath/", handing.beneath, name="beneath"),
    path(_ONE + "findings/", themes.findings, name="findings"),
    path(_ONE + "findings/add/", themes.finding_add, name="finding_add"),
    path(_FINDING, themes.finding, name="finding"),
    path(_FINDING + "away/", themes.finding_away, name="finding_away"),
    path(_FINDING + "back/", themes.finding_back, name="finding_back"),
]
