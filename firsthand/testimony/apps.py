from django.apps import AppConfig


class TestimonyConfig(AppConfig):
    name = "firsthand.testimony"
    label = "testimony"
