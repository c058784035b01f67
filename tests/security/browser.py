"""A plain browser on plain sockets, for tests that talk to a site served by its own command."""

import html
import http.client
import re
import socket
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlencode

_HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)"[^>]*?value="([^"]*)"')


@dataclass
class Page:
    """What came back."""

    status: int
    location: str
    body: bytes
    headers: dict[str, str]

    @property
    def text(self) -> str:
        return html.unescape(self.body.decode("utf-8", "replace"))

    @property
    def hidden(self) -> dict[str, str]:
        return {name: html.unescape(value) for name, value in _HIDDEN.findall(self.body.decode())}


@dataclass
class Browser:
    """One person's browser."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Page:
        return self._ask("GET", path)

    def post(
        self, path: str, fields: dict[str, object], *, files: list[tuple[str, str, bytes]] = ()
    ) -> Page:
        """Open a page, fill in its form, send it. `files` are (box, file name, content)."""
        shown = self.get(path)
        return self.send(path, {**shown.hidden, **fields}, files=files)

    def send(
        self, path: str, fields: dict[str, object], *, files: list[tuple[str, str, bytes]] = ()
    ) -> Page:
        """Send a form without opening its page first."""
        if not files:
            kind = "application/x-www-form-urlencoded"
            return self._ask("POST", path, urlencode(fields, doseq=True).encode(), kind)
        edge = uuid.uuid4().hex
        kind = f"multipart/form-data; boundary={edge}"
        return self._ask("POST", path, _multipart(edge, fields, files), kind)

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Page:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **self.headers}
        if kind:
            headers["Content-Type"] = kind
        line.request(method, path, body, headers)
        answer = line.getresponse()
        for each in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = each.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
        given = dict(answer.headers)
        return Page(answer.status, given.get("Location", ""), answer.read(), given)


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def _multipart(edge: str, fields: dict[str, object], files: list[tuple[str, str, bytes]]) -> bytes:
    parts = []
    for name, value in fields.items():
        for each in value if isinstance(value, list) else [value]:
            parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{each}'
                         "\r\n".encode())  # fmt: skip
    for box, name, content in files:
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{box}"; filename="{name}"\r\n'
        parts.append(head.encode() + b"Content-Type: text/html\r\n\r\n" + content + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode()
