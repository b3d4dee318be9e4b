from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('council', '0005_extracts_absences_and_seats_granted'),
    ]

    operations = [
        migrations.AlterField(
            model_name='extractrow',
            name='kind',
            field=models.CharField(choices=[('starts', 'starts'), ('moves', 'moves'), ('takes_post', 'takes_post'), ('leaves_post', 'leaves_post'), ('leaves', 'leaves'), ('stays', 'stays'), ('vacant', 'vacant'), ('manager', 'manager'), ('post', 'post'), ('fte', 'fte'), ('absence', 'absence'), ('details', 'details')], max_length=20),
        ),
    ]
