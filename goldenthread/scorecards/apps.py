from django.apps import AppConfig


class ScorecardsConfig(AppConfig):
    name = "goldenthread.scorecards"
    label = "scorecards"
