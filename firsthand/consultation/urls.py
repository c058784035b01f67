"""Addresses of consultation."""

from django.urls import URLPattern

from firsthand.consultation import survey_urls

app_name = "consultation"

urlpatterns: list[URLPattern] = [
    *survey_urls.urlpatterns,
]
