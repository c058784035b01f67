"""The template environment: the kit's macros, Django's helpers, our filters.

Everything is escaped unless a template says otherwise, and a missing name stops the page.
"""

from typing import Any

import jinja2
from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static

from firsthand.access.permissions import PERMISSIONS
from firsthand.vault.seal import Tampered
from firsthand.web import fields, filters, form_errors, nav
from firsthand.web.addresses import url, url_if_any
from firsthand.web.undefined import Careful

# What a page may leave unsaid; every other name must be given.
MAY_BE_LEFT_OUT: dict[str, Any] = {
    "request": None,
    "messages": (),
    "form": None,
    "page_class": "",
    "back_url": "",
    "continue_text": "Continue",
    "progress": None,
    "action": "",
    "sends_files": False,
}


@jinja2.pass_context
def nonce(context: jinja2.runtime.Context) -> str:
    """Give this page's one-time word that lets a script run; asking for it puts it in the CSP."""
    return str(context["request"].csp_nonce)


def in_sitting(request: HttpRequest | None) -> bool:
    """Tell whether the browser says it has a sitting: asked so that nobody else costs a query."""
    return request is not None and settings.SESSION_COOKIE_NAME in request.COOKIES


def signed_in(request: HttpRequest | None) -> bool:
    """Tell whether someone is signed in, looking only when there is a sitting at all.

    A sign-in that was changed from outside is none; what helps everyone stays open to its owner.
    """
    user = getattr(request, "user", None) if in_sitting(request) else None
    try:
        return user is not None and bool(user.is_authenticated)
    except Tampered:
        return False


def behind_keys(request: HttpRequest | None) -> bool:
    """Tell whether this page opens to nobody without keys or a sign-in of their own."""
    match = getattr(request, "resolver_match", None)
    row = PERMISSIONS.get(match.view_name) if match else None
    return row is not None and row.behind_keys


def _loader(ours: jinja2.BaseLoader | None) -> jinja2.BaseLoader:
    kit = jinja2.PrefixLoader(
        {"govuk_frontend_jinja": jinja2.PackageLoader("govuk_frontend_jinja")}
    )
    return jinja2.ChoiceLoader([kit, ours] if ours else [kit])


def environment(**options: Any) -> jinja2.Environment:
    """Build the environment Django's Jinja2 backend asks for; `options` come from settings."""
    options |= {"loader": _loader(options.get("loader")), "autoescape": True, "undefined": Careful}
    env = jinja2.Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    env.globals |= MAY_BE_LEFT_OUT | {
        "url": url,
        "url_if_any": url_if_any,
        "static": static,
        "nonce": nonce,
        "in_sitting": in_sitting,
        "behind_keys": behind_keys,
        "signed_in": signed_in,
        "settings": settings,
        "links": nav.links,
        "HEADER": nav.HEADER,
        "FOOTER": nav.FOOTER,
        "field_shape": fields.shape,
        "form_errors": form_errors.errors,
    }
    env.filters |= filters.ALL
    return env
