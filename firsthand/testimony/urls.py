"""Addresses of testimony."""

from django.urls import URLPattern

app_name = "testimony"
urlpatterns: list[URLPattern] = []
