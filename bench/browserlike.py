"""A small browser for benchmarks: cookies, forms, redirects and second tries, on plain sockets."""

import http.client
import re
import time
import urllib.parse
from dataclasses import dataclass, field

FIELD = re.compile(r'<input type="hidden" name="(\w+)"[^>]*?value="([^"]*)"')
TRIES = 60


@dataclass
class Page:
    """What came back: the status, the address to go to next if any, and the text."""

    status: int
    location: str
    text: str


@dataclass
class Browser:
    """One person's browser. `patience`: how often to try again when the server is gone."""

    host: str
    port: int
    patience: int = TRIES
    cookies: dict[str, str] = field(default_factory=dict)
    line: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Page:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str], *, token: str) -> Page:
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields})
        return self._ask("POST", path, body)

    def copy(self) -> "Browser":
        """The same browser clicking a second time: its own connection, the same cookies."""
        return Browser(self.host, self.port, self.patience, dict(self.cookies))

    def _ask(self, method: str, path: str, body: str | None) -> Page:
        for _ in range(self.patience):
            try:
                return self._once(method, path, body)
            except (OSError, http.client.HTTPException):
                self.line = None
                time.sleep(0.25)
        raise ConnectionError(f"no answer to {method} after {self.patience} tries")

    def _once(self, method: str, path: str, body: str | None) -> Page:
        if self.line is None:
            self.line = http.client.HTTPConnection(self.host, self.port, timeout=60)
        self.line.request(method, path, body, self._headers(body))
        answer = self.line.getresponse()
        text = answer.read().decode("utf-8", "replace")
        self._keep(answer.headers.get_all("Set-Cookie") or [])
        if answer.status >= 500:
            raise OSError(f"{answer.status} for {method}")
        return Page(answer.status, answer.headers.get("Location", ""), text)

    def _headers(self, body: str | None) -> dict[str, str]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return headers

    def _keep(self, lines: list[str]) -> None:
        for line in lines:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value


def hidden(text: str) -> dict[str, str]:
    """Return the hidden fields of the first form that has any."""
    return dict(FIELD.findall(text))
