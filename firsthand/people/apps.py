from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "firsthand.people"
    label = "people"
