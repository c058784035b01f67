from django.apps import AppConfig


class RepairConfig(AppConfig):
    name = "firsthand.repair"
    label = "repair"
