"""Addresses of evidence reviews."""

from django.urls import path

from firsthand.evidence.giving import FORMS
from firsthand.evidence.views import (
    building,
    conflicts,
    criteria,
    duplicates,
    example,
    flow,
    imports,
    members,
    reviews,
    rounds,
    screening,
    searches,
)

app_name = "evidence"
_ONE = "reviews/<uuid:review>/"

urlpatterns = [
    path("reviews/", reviews.mine, name="reviews"),
    path("reviews/new/", reviews.new, name="new"),
    path("reviews/example/", example.example, name="example"),
    path("reviews/example/flow.svg", example.picture, name="example_picture"),
    path(
        "reviews/example/flow-narrow.svg",
        example.picture,
        {"narrow": True},
        name="example_narrow",
    ),
    path(_ONE, reviews.review, name="review"),
    path(_ONE + "protocol/", reviews.protocol, name="protocol"),
    path(_ONE + "history/", reviews.history, name="history"),
    path(_ONE + "members/", members.members, name="members"),
    path(_ONE + "members/<uuid:member>/end/", members.end, name="member_end"),
    path(_ONE + "criteria/", criteria.listing, name="criteria"),
    path(_ONE + "criteria/add/", criteria.add, name="criterion_add"),
    path(_ONE + "criteria/<uuid:criterion>/", criteria.reword, name="criterion"),
    path(_ONE + "criteria/<uuid:criterion>/retire/", criteria.retire, name="criterion_retire"),
    path(_ONE + "criteria/<uuid:criterion>/delete/", criteria.delete, name="criterion_delete"),
    path(_ONE + "searches/", searches.listing, name="searches"),
    path(_ONE + "searches/add/", searches.add, name="search_add"),
    path(_ONE + "searches/build/", building.build, name="build"),
    path(_ONE + "searches/build/versions/", building.versions, name="strategies"),
    path(_ONE + "searches/build/<int:version>/", building.version, name="strategy"),
    path(_ONE + "searches/build/<int:version>/back/", building.back, name="strategy_back"),
    path(_ONE + "searches/build/<int:version>/search.yaml", building.plan, name="strategy_plan"),
    path(
        _ONE + "searches/build/<int:version>/<slug:platform>.txt",
        building.text,
        name="strategy_text",
    ),
    path(_ONE + "searches/<uuid:run>/", searches.search, name="search"),
    path(_ONE + "searches/<uuid:run>/change/", searches.change, name="search_change"),
    path(_ONE + "files/<uuid:imported>/", imports.file, name="imported"),
    path(_ONE + "files/<uuid:imported>/columns/", imports.columns, name="import_columns"),
    path(_ONE + "files/<uuid:imported>/problems.csv", imports.problems, name="import_problems"),
    *(
        path(
            _ONE + f"files/<uuid:imported>/records.{ending}",
            imports.records,
            {"form": form},
            name=f"import_{ending}",
        )
        for form, (ending, _) in FORMS.items()
    ),
    path(_ONE + "files/<uuid:imported>/again/", imports.again, name="import_again"),
    path(_ONE + "records/<uuid:record>/", searches.record, name="record"),
    path(_ONE + "records/<uuid:record>/show/", duplicates.show, name="record_show"),
    path(_ONE + "duplicates/", duplicates.listing, name="duplicates"),
    path(_ONE + "duplicates/look/", duplicates.look, name="duplicates_look"),
    path(_ONE + "duplicates/pairs/", duplicates.following, name="pairs"),
    path(_ONE + "duplicates/pairs/<uuid:pair>/", duplicates.one, name="pair"),
    path(_ONE + "duplicates/pairs/<uuid:pair>/undo/", duplicates.undo, name="pair_undo"),
    path(_ONE + "screen/<slug:stage>/", screening.following, name="screen"),
    path(_ONE + "screen/<slug:stage>/<uuid:record>/", screening.one, name="screen_one"),
    path(_ONE + "screen/<slug:stage>/<uuid:record>/undo/", screening.undo, name="undo"),
    path(_ONE + "conflicts/<slug:stage>/", conflicts.listing, name="conflicts"),
    path(_ONE + "conflicts/<slug:stage>/<uuid:record>/", conflicts.resolve, name="resolve"),
    path(_ONE + "rounds/<slug:stage>/", rounds.listing, name="rounds"),
    path(_ONE + "rounds/<slug:stage>/begin/", rounds.begin, name="round_begin"),
    path(_ONE + "rounds/<slug:stage>/<uuid:round>/", rounds.one, name="round"),
    path(
        _ONE + "rounds/<slug:stage>/<uuid:round>/agreement.csv",
        rounds.agreement,
        name="round_agreement",
    ),
    path(_ONE + "flow/", flow.flow, name="flow"),
    path(_ONE + "flow/flow.svg", flow.file, {"kind": ".svg"}, name="flow_svg"),
    path(
        _ONE + "flow/flow-narrow.svg",
        flow.file,
        {"kind": ".svg", "narrow": True},
        name="flow_narrow",
    ),
    path(_ONE + "flow/flow.png", flow.file, {"kind": ".png"}, name="flow_png"),
    path(_ONE + "flow/flow.pdf", flow.file, {"kind": ".pdf"}, name="flow_pdf"),
    path(_ONE + "flow/flow.docx", flow.file, {"kind": ".docx"}, name="flow_docx"),
    path(_ONE + "flow/flow.csv", flow.file, {"kind": ".csv"}, name="flow_csv"),
]
