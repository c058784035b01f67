"""Addresses of telling and of owning what was told."""

from django.urls import path, re_path

from firsthand.testimony.steps import STEPS
from firsthand.testimony.views import (
    checking,
    ending,
    files,
    fits,
    own,
    receipts,
    research,
    telling,
)

app_name = "testimony"
_UUID = r"(?P<testimony>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_STEP = "|".join(STEPS)

urlpatterns = [
    path("tell/", telling.start, name="start"),
    path("tell/<uuid:testimony>/way-back/", receipts.way_back, name="way_back"),
    path("tell/<uuid:testimony>/files/", files.files, name="files"),
    path("tell/<uuid:testimony>/files/<uuid:file>/remove/", files.remove, name="remove_file"),
    path("tell/<uuid:testimony>/fits/", fits.fits, name="fits"),
    path("tell/<uuid:testimony>/check/", checking.check, name="check"),
    path("tell/<uuid:testimony>/done/", receipts.done, name="done"),
    re_path(rf"^tell/{_UUID}/(?P<step>{_STEP})/$", telling.step, name="step"),
    path("come-back/", receipts.come_back, name="return"),
    path("mine/", own.mine, name="mine"),
    path("mine/<uuid:testimony>/", own.own, name="own"),
    path("mine/<uuid:testimony>/who-read/", own.who_read, name="who_read"),
    path("mine/<uuid:testimony>/stop/", own.stop_some, name="stop_some"),
    path("mine/<uuid:testimony>/stop/<uuid:team>/", own.stop, name="stop"),
    path("mine/<uuid:testimony>/research/", research.research, name="research"),
    path("mine/<uuid:testimony>/research/<uuid:team>/stop/", research.stop, name="research_stop"),
    path("mine/<uuid:testimony>/withdraw/", own.withdraw, name="withdraw"),
    path("mine/<uuid:testimony>/download/", own.download, name="download"),
    path("you/delete/", ending.end_sign_in, name="end_sign_in"),
    path("you/delete/receipt/", ending.keep_by_receipt, name="keep_by_receipt"),
    path("goodbye/", ending.goodbye, name="goodbye"),
    path("told/<uuid:testimony>/files/<uuid:file>/", files.file, name="file"),
]
