"""Serving: gunicorn with threads, and the worker as a child that ends with it."""

import os
import subprocess
import sys
from typing import Any

from django.conf import settings
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from firsthand.config.talk import say

# Of which files may take half (testimony.files.apart.CHAIRS). One process, measured: 250 MB at
# rest, 630 with a receipt being made in each thread, 1,110 with 60 MB of files coming in by each.
THREADS = 6
MOST_PROCESSES = 4


def serve(bind: str, processes: int | None, *, with_worker: bool) -> None:
    """Serve until stopped. Prints what to open once it can be opened."""
    Site(bind, processes or min(os.cpu_count() or 1, MOST_PROCESSES), with_worker).run()


class QuietLog(Logger):  # type: ignore[misc]
    """gunicorn's own log goes the way of all others: as JSON, without what was asked for."""

    def setup(self, cfg: Any) -> None:
        self._access_log_enabled = False
        self.error_log.handlers.clear()
        self.error_log.propagate = True

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """Write nothing: gunicorn's line would hold addresses and paths."""


class Site(BaseApplication):  # type: ignore[misc]
    """gunicorn, set up here and by nothing outside: no file, no command line."""

    def __init__(self, bind: str, processes: int, with_worker: bool) -> None:
        self.bind, self.processes, self.with_worker = bind, processes, with_worker
        self.worker: subprocess.Popen[bytes] | None = None
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        chosen = {
            "bind": self.bind, "workers": self.processes, "threads": THREADS,
            "worker_class": "gthread", "preload_app": True, "timeout": 120,
            "graceful_timeout": 20, "keepalive": 5, "logger_class": QuietLog,
            "proc_name": "firsthand", "control_socket_disable": True, "umask": 0o077,
            "when_ready": self._ready, "on_exit": self._ending,
            "forwarded_allow_ips": "127.0.0.1,::1", "server_software": "firsthand",
        }  # fmt: skip
        for name, value in chosen.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the application, with every page read before the processes part and share it."""
        from django.urls import get_resolver

        from firsthand.config.wsgi import application

        assert get_resolver().url_patterns  # reading them is what imports the pages
        read_templates()
        return application

    def _ready(self, _server: Any) -> None:
        if self.with_worker:
            command = [sys.executable, "-m", "firsthand.cli", "worker", "--with", str(os.getpid())]
            self.worker = subprocess.Popen(command)  # noqa: S603
        say(_welcome(self.bind))

    def _ending(self, _server: Any) -> None:
        if self.worker is not None:
            self.worker.terminate()
            self.worker.wait(timeout=30)


def read_templates() -> None:
    """Read every template of ours, and the kit's macros they call, so that no visitor waits."""
    from django.template import engines
    from django.template.backends.jinja2 import Jinja2

    for engine in engines.all():
        if isinstance(engine, Jinja2):
            for name in engine.env.list_templates(filter_func=_is_read):
                engine.env.get_template(name)


def _is_read(name: str) -> bool:
    return name.endswith("/macro.html" if name.startswith("govuk") else ".html")


def _welcome(bind: str) -> str:
    address = settings.FIRSTHAND_PUBLIC_URL
    if not address.startswith("https") and not bind.startswith("unix:"):
        address = f"http://{bind}"
    return (
        f"\nFirsthand is ready. Open this in your browser:\n\n    {address}\n\n"
        "Someone has to look after the site: its organisations, teams and staff. We call them\n"
        "the steward. They cannot read what people tell. To make the first one, type this in\n"
        "another window:\n\n    .venv/bin/firsthand steward add\n\n"
        "To stop, press Ctrl+C here.\n"
    )
