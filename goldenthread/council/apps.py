from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilConfig(AppConfig):
    name = "goldenthread.council"
    label = "council"

    def ready(self) -> None:
        from goldenthread.council.package import TABLES
        from goldenthread.package.tables import register
        from goldenthread.web.navigation import NavigationItem, add

        register(*TABLES)
        settings = NavigationItem(
            _("Settings"), "council:settings", order=90, permission="council.view_settings", key="settings"
        )
        add(settings)
        add(NavigationItem(_("People"), "council:structure", order=70, permission="council.view_unit", key="people"))
