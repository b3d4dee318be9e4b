"""Earlier years, read-only; and a copy of one's own, which nobody else can take."""

import json
import re
from datetime import date
from types import SimpleNamespace

from goldenthread.appraisals import services
from goldenthread.appraisals.models import Appraisal, AppraisalYear
from goldenthread.history.models import Change
from tests.appraisals.test_appraisal_pages import as_user, text
from tests.appraisals.waste import MARKER


def test_the_appraisee_takes_everything_out_as_one_file(council: SimpleNamespace, written: Appraisal) -> None:
    client = as_user(council.officer)
    assert "Keep it where nobody else can open it" in text(client.get("/appraisals/copy/"))

    file = client.post("/appraisals/copy/")

    said = file.content.decode()
    assert file["Content-Disposition"] == 'attachment; filename="my-appraisals-2027-01-18.html"'
    assert "no-store" in file["Cache-Control"]
    kinds = (
        "what",
        "success",
        "evidence",
        "note",
        "need",
        "how",
        "rating",
        "example",
        "comment",
        "question",
        "feedback",
    )
    assert [kind for kind in (*kinds, "disagreement", "answer") if f"{MARKER} {kind}" not in said] == []
    assert re.findall(r'(?:src|href)="', said) == []
    found = re.search(r'<script id="appraisals" type="application/json">(.*?)</script>', said)
    assert found is not None
    (data,) = json.loads(found[1])
    assert (data["year"], data["appraiser"], len(data["written"])) == (
        "2026/27",
        "Deborah Lockyer",
        written.sealed.count(),
    )
    assert data["sum"] == "objectives 2; competencies (2 + 2) ÷ 2 = 2; together 60% × 2 + 40% × 2 = 2"
    change = Change.objects.latest("pk")
    assert (change.verb, change.object, change.reason) == ("take_own_copy", "person meera-pillai", "")


def test_nobody_else_can(council: SimpleNamespace, written: Appraisal) -> None:
    for who in ("head", "director", "hr", "administrator", "chief", "other_head"):
        file = as_user(getattr(council, who)).post("/appraisals/copy/")
        assert (file.status_code, MARKER in file.content.decode()) == (200, False), who


def test_what_was_written_cannot_break_out_of_the_file(council: SimpleNamespace, appraisal: Appraisal) -> None:
    services.add_note(by=council.officer, appraisal=appraisal.pk, text="</script><script>alert(1)</script>")

    assert "<script>alert" not in as_user(council.officer).post("/appraisals/copy/").content.decode()


def test_earlier_years_are_read_by_appraisee_and_appraiser(council: SimpleNamespace, written: Appraisal) -> None:
    for by in (council.officer, council.head):
        services.sign(by=by, appraisal=written.pk)
    AppraisalYear.objects.update(period="2025/26", starts=date(2025, 4, 1), ends=date(2026, 3, 31))
    new = services.open_year_like_the_last(
        by=council.hr,
        period="2026/27",
        objectives_due=date(2026, 5, 29),
        mid_year_due=date(2026, 10, 30),
        year_end_due=date(2027, 3, 31),
        signed_due=date(2027, 4, 30),
    )
    services.begin_appraisals(by=council.hr, year=new)
    old = f"/appraisals/{written.pk}/"
    officer, head = as_user(council.officer), as_user(council.head)

    assert (f'href="{old}"' in text(officer.get("/appraisals/")), MARKER in text(officer.get(old))) == (True, True)
    assert f'href="{old}"' not in text(head.get("/appraisals/team/"))
    assert f"?year={written.year_id}" in text(head.get("/appraisals/team/"))
    assert f'href="{old}"' in text(head.get(f"/appraisals/team/?year={written.year_id}"))
    page = text(head.get(old))
    assert (MARKER in page, "Keep a note of a one-to-one" in page, "<textarea" in page) == (True, False, False)
