"""The Celery application and the clock of the office: what runs by itself, and when."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("prasan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # A round that did not get its turn is not worth a second one: the next is already there.
    "reminders and letters": {
        "task": "projectplan.tasks.sweep",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "monthly report of petitions": {
        "task": "complaints.tasks.issue_due_reports",
        "schedule": crontab(minute="5", hour="8-16"),
    },
    "reports left unmade": {
        "task": "complaints.tasks.make_waiting_reports",
        "schedule": crontab(minute="*/5"),
    },
    "what the database knows of its tables": {
        "task": "office.tasks.count_tables_anew",
        "schedule": crontab(minute="30", hour="3"),
        "options": {"expires": 3600},
    },
    "papers of letters left unmade": {
        "task": "complaints.tasks.make_missing_letter_papers",
        "schedule": crontab(minute="*/5"),
    },
}
