"""Addresses of consultation."""

from django.urls import URLPattern

from firsthand.consultation import group_urls

app_name = "consultation"

urlpatterns: list[URLPattern] = [
    *group_urls.urlpatterns,
]
