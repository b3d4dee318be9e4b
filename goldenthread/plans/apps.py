from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "goldenthread.plans"
    label = "plans"

    def ready(self) -> None:
        from goldenthread.package.tables import register
        from goldenthread.plans.package import TABLES, HeldGraph

        register(*TABLES, consequence=HeldGraph)
