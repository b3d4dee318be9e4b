"""The web process."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
application = get_wsgi_application()

# What stands once the process has begun stays until it ends. To look for rubbish in it again and again, every 700 new
# objects, takes a twelfth of a board's time.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
