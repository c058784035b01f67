from importlib import import_module

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "firsthand.access"
    label = "access"

    def ready(self) -> None:
        import_module("firsthand.access.guards")
