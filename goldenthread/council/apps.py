from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "goldenthread.council"
    label = "council"

    def ready(self) -> None:
        from goldenthread.council.package import TABLES
        from goldenthread.package.tables import register

        register(*TABLES)
