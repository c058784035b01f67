"""How many front pages a second the running site gives, asked by four connections at once.

    python bench/home_speed.py http://127.0.0.1:8000/ 10        (seconds)

The asking costs processor time too: on one machine the true number is higher than the one shown.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, RemoteDisconnected
from urllib.parse import urlsplit

CONNECTIONS = 4


def _ask(address: str, until: float) -> tuple[int, int]:
    """Ask again and again until the clock says so; return (good answers, anything else)."""
    parts = urlsplit(address)
    good = bad = 0
    line = HTTPConnection(parts.netloc, timeout=20)
    while time.perf_counter() < until:
        try:
            line.request("GET", parts.path or "/")
            answer = line.getresponse()
            answer.read()
        except (RemoteDisconnected, ConnectionError):
            line.close()
            continue
        good, bad = good + (answer.status == 200), bad + (answer.status != 200)
    return good, bad


def measure(address: str, seconds: float) -> float:
    """Print and return good answers a second over `seconds`."""
    until = time.perf_counter() + seconds
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        counts = list(pool.map(lambda _: _ask(address, until), range(CONNECTIONS)))
    good, bad = sum(one[0] for one in counts), sum(one[1] for one in counts)
    print(f"{good / seconds:,.0f} front pages a second, {CONNECTIONS} connections, {bad} bad")
    return good / seconds


if __name__ == "__main__":
    where = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000/"
    measure(where, float(sys.argv[2]) if len(sys.argv) > 2 else 10)
