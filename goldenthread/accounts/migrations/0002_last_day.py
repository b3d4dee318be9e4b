from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="last_day",
            field=models.DateField(blank=True, null=True, verbose_name="last day"),
        ),
    ]
