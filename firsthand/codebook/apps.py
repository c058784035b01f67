from django.apps import AppConfig


class CodebookConfig(AppConfig):
    name = "firsthand.codebook"
    label = "codebook"

    def ready(self) -> None:
        from firsthand.codebook import receivers

        receivers.connect()
