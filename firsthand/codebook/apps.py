from django.apps import AppConfig


class CodebookConfig(AppConfig):
    name = "firsthand.codebook"
    label = "codebook"
