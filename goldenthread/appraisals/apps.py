from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppraisalsConfig(AppConfig):
    """Its tables are not declared to the data package: what is sealed is in no dump."""

    name = "goldenthread.appraisals"
    label = "appraisals"

    def ready(self) -> None:
        from goldenthread.web.navigation import NavigationItem, add

        add(NavigationItem(_("Appraisals"), "appraisals:mine", order=60, permission="appraisals.take_part"))
