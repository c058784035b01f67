"""Every address, by capability."""

from django.urls import include, path

from firsthand.config import health

urlpatterns = [
    path("", include("firsthand.web.urls")),
    path("model/", include("firsthand.harms.urls")),
    path("", include("firsthand.testimony.urls")),
    path("", include("firsthand.repair.urls")),
    path("", include("firsthand.evidence.urls")),
    path("", include("firsthand.codebook.urls")),
    path("", include("firsthand.consultation.urls")),
    path("figures/", include("firsthand.indicators.urls")),
    path("", include("firsthand.people.urls")),
    path("", include("firsthand.people.sign_in_urls")),
    path("", include("firsthand.access.urls")),
    path("health/", health.health, name="health"),
    path("ready/", health.ready, name="ready"),
]

handler400 = "firsthand.web.views.bad_request"
handler403 = "firsthand.web.views.forbidden"
handler404 = "firsthand.web.views.not_found"
handler500 = "firsthand.config.trouble.server_error"
