from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "goldenthread.history"
    label = "history"
