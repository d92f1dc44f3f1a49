"""gunicorn's configuration for the rivals: the record's own, without asking whether the record can be served."""

from config.gunicorn import bind, control_socket_disable, preload_app, threads, workers

__all__ = ["bind", "control_socket_disable", "preload_app", "threads", "workers"]
