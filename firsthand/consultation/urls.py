"""Addresses of consultation."""

from django.urls import URLPattern

from firsthand.consultation import group_urls, survey_urls

app_name = "consultation"

urlpatterns: list[URLPattern] = [
    *group_urls.urlpatterns,
    *survey_urls.urlpatterns,
]
