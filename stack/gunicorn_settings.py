"""Gunicorn's configuration: ``gunicorn -c stack/gunicorn_settings.py stack.web:application``."""

from __future__ import annotations

import os

from stack.logs import VisitorsLogger

bind = f"127.0.0.1:{os.environ['PORTAL_PORT']}"
workers = int(os.environ["PORTAL_WORKERS"])
worker_class = "gthread"
threads = 4
timeout = 120
graceful_timeout = 30
keepalive = 5
# Memory that a library leaks is given back now and then; not by all workers at once.
max_requests = 5000
max_requests_jitter = 500
# An upload's header lines stay small; CKAN itself limits the upload (ckan.max_resource_size).
limit_request_line = 8190
limit_request_fields = 100
limit_request_field_size = 16_380
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112
accesslog = "-"
errorlog = "-"
access_log_format = '%(t)s %(h)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'
logger_class = VisitorsLogger
# Its default place is one for all clones of a user.
control_socket_disable = True
proc_name = "opengovbelize"
