"""Settings shared by every way of running the portal; topics live in the files beside this one."""

from config.settings.anchors import *  # noqa: F403
from config.settings.api import *  # noqa: F403
from config.settings.chrome import *  # noqa: F403
from config.settings.database import *  # noqa: F403
from config.settings.environment import BASE_DIR, DATA_DIR, env
from config.settings.extraction import *  # noqa: F403
from config.settings.logging import *  # noqa: F403
from config.settings.queue import *  # noqa: F403
from config.settings.scanning import *  # noqa: F403
from config.settings.sealing import *  # noqa: F403
from config.settings.search import *  # noqa: F403
from config.settings.security import *  # noqa: F403
from config.settings.storage import *  # noqa: F403
from config.settings.wagtail import *  # noqa: F403

DEBUG = False
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
PORTAL_DATA = DATA_DIR
PORTAL_NAME = env.str("PORTAL_NAME", default="Wellkept")
PORTAL_DEMO_MARKER = DATA_DIR / "demo-portal"
"""This file exists only where the portal was started as a demo; only there may it be reset."""
FAULT_HOOK = ""
"""Dotted path of a function called at each named fault point. Set by the fault tests only."""

INSTALLED_APPS = [
    "home",
    "search",
    "evidence_review.packs",
    "evidence_review.inspection",
    "evidence_review.assessments",
    "evidence_review.meetings",
    "evidence_review.retention",
    "evidence_review.review",
    "evidence_review.extraction",
    "evidence_review.scanning",
    "evidence_review.evidence",
    "portal.shared_devices",
    "portal.reading",
    "portal.policy_library",
    "portal.policies",
    "portal.anchors",
    "portal.erasure",
    "portal.frameworks",
    "portal.accounts",
    "portal.people",
    "portal.health",
    "portal.chrome",
    "portal.sealing",
    "portal.record",
    "allauth",
    "allauth.account",
    "simple_history",
    "django_q",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "csp",
    "wagtail.users",
    # The page editor asks for the addresses of both, though nothing of ours is kept in them.
    "wagtail.images",
    "wagtail.documents",
    "wagtail.contrib.typed_table_block",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.chrome.middleware.PageHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.chrome.middleware.SessionLimits",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "portal.chrome.middleware.Refusals",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "j F Y"

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("PORTAL_FROM_EMAIL", default="portal@localhost")
SILENCED_SYSTEM_CHECKS: list[str] = []
SET_UP_STEPS = [
    "portal.policy_library.checklist.checklist_step",
    "evidence_review.assessments.at_hand.checklist_step",
    "portal.anchors.checklist.checklist_step",
]
"""Dotted functions ``() -> Step`` of rooms above, for the list of what a new portal needs."""
POLICY_FACTS: list[str] = ["evidence_review.assessments.policy_facts.named_people"]
"""Dotted functions ``() -> dict[str, str]`` of rooms above: facts that starter policies ask for."""
POLICY_STARTERS: list[str] = []
"""Folders of further starter policies, such as a group's own; they go before the portal's."""
HEALTH_PROBES = [
    "evidence_review.scanning.health.scanner",
    "portal.sealing.health.sealer",
    "portal.anchors.health.anchors",
    "portal.health.record_checks.record_checks",
    "evidence_review.packs.health.packs",
]
INVARIANTS = {
    "I1": "evidence_review.scanning.invariants.approved_means_clean",
    "I1, later": "evidence_review.scanning.invariants.infected_means_recalled",
    "I2": "evidence_review.review.invariants.deciders_had_no_hand_in_it",
    "I3": "evidence_review.evidence.invariants.rows_agree_with_bytes",
    "I4": "evidence_review.evidence.invariants.bytes_have_a_row",
    "I5": "evidence_review.evidence.invariants.events_give_the_states",
    "I5, people": "portal.people.invariants.people_are_as_recorded",
    "I5, roles": "portal.people.invariants.roles_are_as_recorded",
    "I5, sites": "portal.people.invariants.sites_are_as_recorded",
    "I5, links": "evidence_review.evidence.invariants.links_are_as_recorded",
    "I5, decisions": "evidence_review.review.invariants.decisions_are_as_recorded",
    "I5, stand-ins": "evidence_review.review.invariants.stand_ins_are_as_recorded",
    "I5, inspectors": "evidence_review.inspection.invariants.accesses_are_as_recorded",
    "I5, duties": "evidence_review.assessments.recorded.named_people_are_as_recorded",
    "I5, claims": "evidence_review.assessments.recorded.claims_are_as_recorded",
    "I5, retention": "evidence_review.retention.recorded.retention_is_as_recorded",
    "I5, reading": "portal.reading.invariants.confirmations_are_as_recorded",
    "I6": "portal.record.invariants.record_is_whole",
    "I7": "portal.sealing.invariants.seals_agree",
    "I8": "evidence_review.evidence.invariants.approved_versions_are_unchanged",
    "I9": "evidence_review.inspection.invariants.nothing_was_shown_after_the_end",
    "I10": "evidence_review.packs.invariants.packs_hold_what_was_approved",
    "I13": "evidence_review.assessments.invariants.standing_follows_from_the_evidence",
    "I14": "evidence_review.assessments.invariants.publications_are_as_published",
    "I15": "search.invariants.index_says_what_is_true",
    "I16": "portal.policies.invariants.what_is_live_was_approved",
    "I17": "portal.reading.invariants.counts_follow_from_the_confirmations",
    "I18": "portal.reading.invariants.confirmations_name_what_was_published",
    "I19": "evidence_review.retention.invariants.disposals_were_due",
    "I19, bytes": "evidence_review.retention.invariants.disposed_bytes_are_gone",
    "I20": "portal.erasure.invariants.erased_details_stay_erased",
}
"""What must be true at all times, asked by ``check_invariants`` and every night."""
EVIDENCE_FOLLOWERS = ["evidence_review.assessments.actions.follow_evidence", "search.receivers"]
"""Modules of upper rooms that are told, in the same transaction, when an evidence changes."""
CATALOGUE_FOLLOWERS = ["evidence_review.assessments.actions.follow_catalogue.editions_changed"]
"""Functions ``(codes, *, actor)`` of upper rooms, called in the transaction of the load."""
MEMBERSHIP_FOLLOWERS = ["portal.reading.actions.count_readers.memberships_changed"]
"""Functions of upper rooms, called in the transaction of whatever changes who works where."""
ERASABLE = {
    "person": "portal.people.erasing.subject_of",
    "anchor_recipient": "portal.anchors.erasing.subject_of",
    "inspector_access": "evidence_review.inspection.erasing.subject_of",
}
"""By kind: functions ``(public id) -> Subject | None``, of those whose details may be erased."""
ERASES_PEOPLE = [
    "portal.people.erasing",
    "portal.anchors.erasing",
    "portal.policies.erasing",
    "portal.reading.erasing",
    "portal.shared_devices.erasing",
    "evidence_review.evidence.erasing",
    "evidence_review.review.erasing",
    "evidence_review.assessments.erasing",
    "evidence_review.inspection.erasing",
    "evidence_review.inspection.traces",
    "evidence_review.packs.erasing",
]
"""Modules of the rooms that say what they keep of somebody, and erase it."""
RECORD_CHECK_FOLLOWERS = ["portal.health.alarms.tell_of_differences"]
"""Functions ``(check, new differences)`` called in the transaction that keeps a check's result."""
RECORD_CHECKPOINT = "portal.sealing.checking.recompute_checkpoint"
"""A function that compares a checkpoint's text with the record: ``.holds`` and ``.sentence``."""
MAY_ERASE = "portal.erasure.permissions.user_can_erase"
"""Who may erase details; asked by the record for its link."""
POLICY_DOWNLOADS = "evidence_review.evidence.policy_downloads"
POLICY_CONFIRMED_BY = "portal.reading.queries.ever.has_confirmed"
MISSING_SHEETS = "evidence_review.meetings.queries.missing_sheets"
"""A function of a room above: which of these signed sheets are missing, and where to add them."""
