"""Weigh the first page: every byte over the wire for the front page and all it asks for.

    python bench/page_weight.py http://127.0.0.1:8000/

Bytes are counted as sent (compressed as the server compresses them), headers included, with an
empty cache. Prints one line for each file and the total; the limit is 60,000 bytes.
"""

import re
import sys
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urljoin, urlsplit

LIMIT = 60_000
_ASKED = re.compile(r'<(?:link|script|img)[^>]+(?:href|src)="([^"]+)"')


def fetch(url: str) -> tuple[int, bytes, str]:
    """Return (bytes over the wire, body as sent, its content coding)."""
    parts = urlsplit(url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    line = kind(parts.netloc, timeout=20)
    line.request("GET", parts.path or "/", headers={"Accept-Encoding": "br, gzip"})
    answer = line.getresponse()
    body = answer.read()
    headers = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
    return len(body) + headers, body, answer.headers.get("Content-Encoding", "plain")


def weigh(first: str) -> int:
    """Print what the page at `first` and its files weigh; return the total in bytes."""
    total, page, coding = fetch(first)
    print(f"{total:>7,}  {coding:<5}  {first}")
    text = _plain(page, coding)
    for found in dict.fromkeys(_ASKED.findall(text)):
        weight, _, coding = fetch(urljoin(first, found))
        print(f"{weight:>7,}  {coding:<5}  {found}")
        total += weight
    print(f"{total:>7,}  of {LIMIT:,} bytes")
    return total


def _plain(body: bytes, coding: str) -> str:
    if coding == "br":
        import brotli

        body = brotli.decompress(body)
    elif coding == "gzip":
        import gzip

        body = gzip.decompress(body)
    return body.decode()


if __name__ == "__main__":
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000/"
    sys.exit(0 if weigh(address) <= LIMIT else 1)
