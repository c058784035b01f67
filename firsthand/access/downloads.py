"""The header by which a browser keeps a file under its name, and never shows it (RFC 6266)."""

import re
from urllib.parse import quote

from django.http import HttpResponse

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def disposition(name: str) -> str:
    """Return the header's value. Any other letters than plain ones are written in UTF-8."""
    if _PLAIN.fullmatch(name):
        return f'attachment; filename="{name}"'
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"


def attachment(content: bytes | str, name: str, kind: str) -> HttpResponse:
    """Return an answer that is kept as a file called `name`, of a media type `kind`."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = disposition(name)
    return answer
