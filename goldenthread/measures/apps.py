from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasuresConfig(AppConfig):
    name = "goldenthread.measures"
    label = "measures"

    def ready(self) -> None:
        from goldenthread.measures.package.load import Results
        from goldenthread.measures.package.tables import TABLES
        from goldenthread.package.tables import register
        from goldenthread.web.navigation import NavigationItem, add

        register(*TABLES, consequence=Results)
        add(NavigationItem(_("Measures"), "measures:board", order=40, permission="measures.view_measure"))
