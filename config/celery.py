"""The Celery application and the clock of the office: what runs by itself, and when."""

import logging.config
import os
from typing import Any, Final

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging
from django.conf import settings
from django_structlog.celery.steps import DjangoStructLogInitStep
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


@setup_logging.connect
def write_as_the_settings_say(**kwargs: Any) -> None:
    """Worker and clock write their log as the web server does."""
    logging.config.dictConfig(settings.LOGGING)


app = Celery("prasan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)

# Letters, reminders and what a person waits for; papers, which take seconds each; and what takes minutes.
# A worker takes from all of them unless `-Q` names some. The first keeps the name that Celery gives.
PAPERS: Final = "papers"
SLOW: Final = "slow"
app.conf.task_queues = [Queue(name) for name in ("celery", PAPERS, SLOW)]
app.conf.task_routes = {
    name: {"queue": queue}
    for queue, names in {
        PAPERS: (
            "complaints.tasks.make_letter_papers",
            "complaints.tasks.make_missing_letter_papers",
            "parliament.tasks.make_binder",
            "parliament.tasks.make_waiting_binders",
            "projectplan.tasks.make_report",
            "projectplan.tasks.make_waiting_reports",
            "publicrelations.tasks.make_journal_pages",
            "publicrelations.tasks.make_labels",
            "publicrelations.tasks.make_waiting_journal_papers",
            "publicrelations.tasks.render_picture",
            "publicrelations.tasks.render_waiting_pictures",
        ),
        SLOW: (
            "office.tasks.back_up",
            "office.tasks.count_tables_anew",
            "projectplan.tasks.carry_out_retention",
            "projectplan.tasks.hand_over",
            "projectplan.tasks.hand_over_waiting",
            "projectplan.tasks.load_register",
            "projectplan.tasks.load_waiting_registers",
            "projectplan.tasks.make_person_export",
            "projectplan.tasks.make_waiting_person_exports",
            "projectplan.tasks.propose_retention",
        ),
    }.items()
    for name in names
}

app.conf.beat_schedule = {
    # A round that did not get its turn is not worth a second one: the next is already there.
    "reminders and letters": {
        "task": "projectplan.tasks.sweep",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "reports whose day has come": {
        "task": "projectplan.tasks.issue_due_reports",
        "schedule": crontab(minute="5", hour="8-16"),
    },
    # Every working hour, not once: the first of a day off is the first of the next working day.
    "months to be frozen": {
        "task": "projectplan.tasks.freeze_due_months",
        "schedule": crontab(minute="35", hour="8-16"),
        "options": {"expires": 3000},
    },
    # After the indicators are frozen, which are among them.
    "open data of months that are over": {
        "task": "projectplan.tasks.publish_open_data",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 840},
    },
    "reports left unmade": {
        "task": "projectplan.tasks.make_waiting_reports",
        "schedule": crontab(minute="*/5"),
    },
    # Again and again until noon: a sitting may be told of late, and a summary is written once a person and day.
    "morning of a sitting day": {
        "task": "parliament.tasks.write_sitting_digests",
        "schedule": crontab(minute="*/5", hour="7-11"),
        "options": {"expires": 240},
    },
    "binders changed or left unmade": {
        "task": "parliament.tasks.make_waiting_binders",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    # At the turn of each minute, for the head sets minutes; whatever an outage let pass appears with the next.
    "articles whose minute has come": {
        "task": "publicrelations.tasks.publish_due_articles",
        "schedule": crontab(),
        "options": {"expires": 55},
    },
    "pictures left unmade": {
        "task": "publicrelations.tasks.render_waiting_pictures",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "journals and labels left unmade": {
        "task": "publicrelations.tasks.make_waiting_journal_papers",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "next month's journal": {
        "task": "publicrelations.tasks.open_next_journal",
        "schedule": crontab(minute="15", hour="8"),
    },
    "what the database knows of its tables": {
        "task": "office.tasks.count_tables_anew",
        "schedule": crontab(minute="30", hour="3"),
        "options": {"expires": 3600},
    },
    "nightly backup": {
        "task": "office.tasks.back_up",
        "schedule": crontab(minute="30", hour="2"),
        "options": {"expires": 3600},
    },
    # Every day of the first month of the fiscal year, each contact once: who is asked is a row (ContactLink), so an
    # outage of a day, or a second beat, changes nothing.
    "yearly question to the contacts of the network": {
        "task": "office.tasks.ask_contacts",
        "schedule": crontab(minute="0", hour="9", month_of_year="10"),
        "options": {"expires": 3600},
    },
    # At night, for it reads much: each round of each kind goes on from where the last one got to.
    "what has had its years": {
        "task": "projectplan.tasks.propose_retention",
        "schedule": crontab(minute="10", hour="0-5"),
        "options": {"expires": 3000},
    },
    "removal of personal data, and files left": {
        "task": "projectplan.tasks.carry_out_retention",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 240},
    },
    "files about a person left unmade, or past their days": {
        "task": "projectplan.tasks.make_waiting_person_exports",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 240},
    },
    "registers left unloaded": {
        "task": "projectplan.tasks.load_waiting_registers",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "work of leavers left with them": {
        "task": "projectplan.tasks.hand_over_waiting",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "papers of letters left unmade": {
        "task": "complaints.tasks.make_missing_letter_papers",
        "schedule": crontab(minute="*/5"),
    },
}
