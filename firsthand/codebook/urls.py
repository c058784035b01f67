"""Addresses of codebook."""

from django.urls import URLPattern

app_name = "codebook"

urlpatterns: list[URLPattern] = []
