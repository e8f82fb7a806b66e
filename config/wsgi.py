"""The WSGI application that the web server loads."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)

from office.warming import warm_up  # noqa: E402  (they may read settings)
from office.wsgi import Office  # noqa: E402

application = Office()

warm_up()
