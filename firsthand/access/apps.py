from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "firsthand.access"
    label = "access"
