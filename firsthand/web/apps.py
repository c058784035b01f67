"""How Django knows this capability."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "firsthand.web"
    label = "web"
    verbose_name = "Pages"
