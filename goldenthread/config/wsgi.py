"""The web process."""

import os

from django.core.wsgi import get_wsgi_application

from goldenthread.config.collector import leave_what_stands

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
application = get_wsgi_application()
leave_what_stands()
