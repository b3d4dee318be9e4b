"""The paper form, printed: one side of A4 each, however much is written and expected."""

import re
from typing import Any

import pytest

from goldenthread.accounts.models import User
from goldenthread.appraisals import services
from goldenthread.appraisals.models import Behaviours, Competency, Crew, Sealed, Side
from goldenthread.appraisals.services.act import sealed_row
from goldenthread.council.models import Role
from goldenthread.history.models import Change

pytestmark = pytest.mark.browser

LONG = "Keep every path clear of what visitors leave on it, whatever the weather does, and say so when it is not. " * 9


def test_each_form_prints_on_one_side_of_a4(site: Any, page: Any) -> None:
    crew = Crew.objects.get()
    sheets = crew.memberships.count()
    assert printed(site, page, crew) == sheets

    fill(crew)

    assert printed(site, page, crew) == sheets
    assert "and 2 more objectives" in page.locator(".gt-sheet__key").first.inner_text()


def printed(site: Any, page: Any, crew: Crew) -> int:
    """How many pages come out of the printer; no form is longer than its sheet."""
    site.open(page, f"/appraisals/crews/{crew.pk}/on-paper/", role=Role.HEAD_OF_SERVICE)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1001})
    beyond = "sheets => sheets.filter(sheet => sheet.scrollHeight > sheet.clientHeight).length"
    assert page.locator(".gt-sheet").evaluate_all(beyond) == 0
    return len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4", prefer_css_page_size=True)))


def fill(crew: Crew) -> None:
    """As many objectives and competencies as a council may think of, each as long as a box takes."""
    by = User.objects.get(email="deborah.lockyer@wenlow.example")
    for _number in range(5):
        services.write_crew_objective(by=by, crew=crew.pk, what=LONG, success=LONG, element="P4")
    row = crew.memberships.select_related("appraisal__template").first().appraisal
    template, change = row.template, Change.objects.latest("pk")
    for number in range(4):
        one = Competency.objects.create(
            framework=template.framework, order=9, title=f"Competency {number} {LONG[:150]}"
        )
        Behaviours.objects.create(competency=one, level=template.level, text=LONG)
    for section in template.sections:
        said = {"text": LONG}
        sealed_row(
            row, Sealed.Kind.COMMENT, said, side=Side.APPRAISEE, by=row.person, change=change, topic=section["code"]
        ).save()
