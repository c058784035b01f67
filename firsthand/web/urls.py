"""The front page, the pages about this site, and the way out."""

from django.urls import path

from firsthand.web import leaving, source, views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("help/", views.help_now, name="help"),
    path("source/", source.page, name="source"),
    path("source.zip", source.download, name="source-zip"),
    path("exit", leaving.leave, name="exit"),
    path("stay", leaving.stay, name="stay"),
]
