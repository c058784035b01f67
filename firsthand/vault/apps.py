from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "firsthand.vault"
    label = "vault"
