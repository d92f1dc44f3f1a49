"""The record's own settings with one empty view: what Django and our middleware cost before any page does."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.limit.urls"
WSGI_APPLICATION = "bench.limit.wsgi.application"
