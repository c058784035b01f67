"""What was chosen in the settings."""

from collections.abc import Iterator

from django.conf import settings

from firsthand.config.checkup.finding import (
    LOOPBACK,
    Finding,
    for_this_machine_only,
    mind,
    unsafe,
)

_STRONG = {"memory": 64 * 1024 * 1024, "passes": 3}


def transport() -> Iterator[Finding]:
    """Plain http shows every word to everyone on the way."""
    if not settings.FIRSTHAND_PUBLIC_URL.startswith("https://") and not for_this_machine_only():
        yield unsafe(
            "People reach this site over plain http: anyone on the way can read what they tell.",
            "Put a web server with a certificate in front (docs/how-to/deploy.md) and set "
            "FIRSTHAND_PUBLIC_URL to the https address.",
        )


def debug() -> Iterator[Finding]:
    """Debug pages show the inside of the program."""
    if settings.DEBUG:
        yield unsafe("FIRSTHAND_DEBUG is on: error pages show the inside.", "Unset it.")


def limit_on_telling() -> Iterator[Finding]:
    """Without the limit, one machine can begin tellings and send files without end."""
    if settings.FIRSTHAND_NO_LIMIT_ON_TELLING:
        yield unsafe(
            "FIRSTHAND_NO_LIMIT_ON_TELLING is on: one address can tell, be counted and send files "
            "without end.",
            "Unset it. It is for measuring how fast a site is, never for people.",
        )


def hosts() -> Iterator[Finding]:
    """Any host name at all lets others make links that seem to be ours."""
    if "*" in settings.ALLOWED_HOSTS:
        yield unsafe(
            "FIRSTHAND_HOSTS lets any name through.",
            "Name the site's own host names there, with commas between.",
        )


def proxy() -> Iterator[Finding]:
    """Behind a proxy, everyone seems to come from it unless we are told."""
    if settings.FIRSTHAND_PUBLIC_URL.startswith("https://") and not settings.FIRSTHAND_BEHIND_PROXY:
        yield mind(
            "The site is on https, but FIRSTHAND_BEHIND_PROXY is off.",
            "If a web server stands in front, set it to 1: else all visitors share one limit on "
            "guessing, and pages redirect for ever.",
        )


def crisis_help() -> Iterator[Finding]:
    """Someone may come here in danger."""
    if not settings.FIRSTHAND_CRISIS_HELP:
        yield unsafe(
            "No page says where to find help in a crisis.",
            "Put FIRSTHAND_CRISIS_HELP back into the settings, with numbers that work there.",
        )


def mail() -> Iterator[Finding]:
    """Notices go nowhere without a mail server."""
    nowhere = any(kind in settings.EMAIL_BACKEND for kind in ("console", "dummy"))
    if nowhere and not for_this_machine_only():
        yield mind(
            "No e-mail leaves: teams are not told that something waits for them.",
            "Set FIRSTHAND_EMAIL_BACKEND=django.core.mail.backends.smtp.EmailBackend and "
            "FIRSTHAND_EMAIL_HOST.",
        )


def derivation() -> Iterator[Finding]:
    """Weak derivation makes a stolen database guessable."""
    weak = [name for name, least in _STRONG.items() if settings.FIRSTHAND_ARGON2[name] < least]
    if weak:
        yield unsafe(
            "Passphrases and receipts are stretched too little (FIRSTHAND_ARGON2).",
            "Set it back to 64 MiB and 3 passes.",
        )


def database_on_the_way() -> Iterator[Finding]:
    """What goes to a database on another machine must be encrypted on the way."""
    chosen = settings.DATABASES["default"]
    options = chosen.get("OPTIONS", {})
    host = chosen.get("HOST") or options.get("host", "")
    local = not host or host.startswith("/") or host in LOOPBACK
    if not local and options.get("sslmode") not in {"require", "verify-ca", "verify-full"}:
        yield unsafe(
            "The database is on another machine and the way there may be in the clear.",
            "Add ?sslmode=verify-full to DATABASE_URL.",
        )


LOOKS = (
    transport, debug, limit_on_telling, hosts, proxy, crisis_help, mail, derivation,
    database_on_the_way,
)  # fmt: skip
