from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "firsthand.consultation"
    label = "consultation"
