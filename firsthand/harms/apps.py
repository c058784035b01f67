"""How Django knows this capability."""

from django.apps import AppConfig


class HarmsConfig(AppConfig):
    name = "firsthand.harms"
    label = "harms"
    verbose_name = "The model of harm"
