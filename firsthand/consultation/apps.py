from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "firsthand.consultation"
    label = "consultation"

    def ready(self) -> None:
        from firsthand.consultation import receivers

        receivers.connect()
