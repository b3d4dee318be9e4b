from django.apps import AppConfig


class ScorecardsConfig(AppConfig):
    name = "goldenthread.scorecards"
    label = "scorecards"

    def ready(self) -> None:
        from goldenthread.scorecards.demonstration import sign_ins
        from goldenthread.web.context import set_demonstration_sign_ins

        set_demonstration_sign_ins(sign_ins)
