from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "firsthand.indicators"
    label = "indicators"
