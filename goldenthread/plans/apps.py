from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "goldenthread.plans"
    label = "plans"

    def ready(self) -> None:
        from goldenthread.package.tables import register
        from goldenthread.plans.package import TABLES, HeldGraph
        from goldenthread.web.navigation import NavigationItem, add

        register(*TABLES, consequence=HeldGraph)
        add(NavigationItem(_("Plans"), "plans:plans", order=30, permission="plans.view_plan"))
