from datetime import date

from django.db import migrations


def hand_over(apps, schema_editor):
    """Whoever was left out for long absence is absent on record; from today on, since no first day was ever said."""
    appraisals = apps.get_model("appraisals", "Appraisal").objects
    absences = apps.get_model("council", "Absence").objects
    today = date.today()  # noqa: DTZ011 (a day of the migration)
    for row in appraisals.filter(left_out="absent"):
        over = row.left_out_until is not None and row.left_out_until < today
        if not over and not absences.filter(person=row.person_id, ends__isnull=True).exists():
            absences.get_or_create(person_id=row.person_id, starts=today, defaults={"ends": row.left_out_until})
    appraisals.filter(left_out="absent").update(left_out="", left_out_until=None)


class Migration(migrations.Migration):
    dependencies = [
        ("appraisals", "0006_records_ratings_and_moderation"),
        ("council", "0005_extracts_absences_and_seats_granted"),
    ]

    operations = [migrations.RunPython(hand_over, migrations.RunPython.noop)]
