from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScorecardsConfig(AppConfig):
    name = "goldenthread.scorecards"
    label = "scorecards"

    def ready(self) -> None:
        from goldenthread.scorecards.demonstration import sign_ins
        from goldenthread.web.context import set_demonstration_sign_ins
        from goldenthread.web.navigation import NavigationItem, add

        add(NavigationItem(_("Home"), "scorecards:home", order=10, key="home"))
        add(
            NavigationItem(
                _("Scorecards"), "scorecards:units", order=20, permission="council.view_unit", key="scorecards"
            )
        )
        set_demonstration_sign_ins(sign_ins)
