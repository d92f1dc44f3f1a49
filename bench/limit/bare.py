"""Django with nothing round an empty view: no middleware, no template, no database."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.limit.bare_settings"
application = get_wsgi_application()
