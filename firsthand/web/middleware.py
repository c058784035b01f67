"""Headers every answer carries: nothing kept on the way, nothing told to other sites."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

_NOTHING = "=(), "
_POWERS = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
    "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
)  # fmt: skip

ALWAYS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: browsers would hide a form's origin from us too, and refuse every form.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": _NOTHING.join(_POWERS) + "=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noarchive",
    "X-DNS-Prefetch-Control": "off",
}
NOT_KEPT = "no-store, private"


class Headers:
    """Set what is not set yet; a view that wants its answer kept says so with Cache-Control."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", NOT_KEPT)
        return response
