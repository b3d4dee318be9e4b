from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "goldenthread.council"
    label = "council"
