from django.apps import AppConfig


class RepairConfig(AppConfig):
    name = "firsthand.repair"
    label = "repair"

    def ready(self) -> None:
        from firsthand.repair import receivers

        receivers.connect()
