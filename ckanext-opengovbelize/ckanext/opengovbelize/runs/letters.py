"""E-mail about runs: to the operator where something was rejected, to a source's contact what is to be mended.

A letter says what the report says, and so nothing private. One about the same rejections as the run before is not
sent again.
"""

from __future__ import annotations

import contextlib
import logging
import smtplib
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

import ckan.model as model
import ckan.plugins.toolkit as tk
from ckan.lib import mailer
from ckan.plugins.toolkit import _
from ckanext.harvest.model import HarvestSource

from .. import config
from ..catalogue.ledger import now
from ..catalogue.outcomes import OUTCOMES
from ..model import Run
from ..sources import SourceConfig, SourceConfigError
from . import reports

log = logging.getLogger(__name__)

# How many rejections a letter names; the report names all of them.
MOST = 30
# Letters about older runs tell nobody anything, after an outage of the mail server say.
LATEST = timedelta(days=3)
SECONDS = 30
# From this code on a mail server does not want a letter later either.
_FOR_GOOD = 500

# The letters of runs that are not done with, as (run, address): what the mail server took or refused for good is not
# sent again while it puts off another one. Of this process, which is the scheduler; after its end one letter may come
# twice.
_settled: set[tuple[str, str]] = set()


@dataclass
class Sent:
    """How many letters were sent, and how many runs need none or have theirs now."""

    letters: int = 0
    runs: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return the figures by name."""
        return asdict(self)


@dataclass(frozen=True)
class Letter:
    """What goes to one address."""

    address: str
    subject: str
    body: str


def send() -> Sent:
    """Send what is due about the runs that have finished. What the mail server does not take is tried again."""
    sent = Sent()
    nobody_sends = bool(tk.config.get("smtp.server") and not tk.config.get("smtp.mail_from"))
    waiting = 0
    for run_id in _due():
        run = _hold(run_id)
        if run is None:
            continue
        letters = _letters(run) if run.started_at > now() - LATEST else []
        if letters and nobody_sends:
            model.Session.rollback()
            waiting += 1
            continue
        delivery = _deliver(run_id, letters)
        sent.letters += delivery.taken
        if delivery.put_off:
            model.Session.rollback()
            if delivery.away:
                return sent
            continue
        run.notified_at = now()
        model.Session.commit()
        _settled.difference_update([each for each in _settled if each[0] == run_id])
        sent.runs += 1
    if waiting:
        log.error("No letter about a run can be sent: set smtp.mail_from, the address that it comes from.")
    return sent


@dataclass
class _Delivery:
    """What became of the letters of one run.

    Attributes:
        taken: how many the mail server took.
        put_off: whether it may take one of them later.
        away: whether it takes no letters at all.
    """

    taken: int = 0
    put_off: bool = False
    away: bool = False


def _deliver(run_id: str, letters: list[Letter]) -> _Delivery:
    """Send the letters of one run that were not sent yet. One address that is refused costs no other its letter."""
    done = _Delivery()
    for letter in letters:
        if (run_id, letter.address) in _settled:
            continue
        try:
            _send(letter)
        except (mailer.MailerException, OSError) as error:
            refusal = _refusal(error)
            # The error's own words may name the address.
            log.error("A letter about run %s could not be sent: %s", run_id, refusal or type(error).__name__)
            if refusal is None:
                return replace(done, put_off=True, away=True)
            if refusal < _FOR_GOOD:
                done.put_off = True
                continue
        else:
            done.taken += 1
        _settled.add((run_id, letter.address))
    return done


def _refusal(error: Exception) -> int | None:
    """Return the code with which the mail server refused one letter; None where it takes none at all."""
    # CKAN's mailer keeps no more of it than its text.
    cause = error.__context__
    if isinstance(cause, smtplib.SMTPRecipientsRefused):
        return max(code for code, _words in cause.recipients.values())
    if isinstance(cause, smtplib.SMTPDataError):
        return cause.smtp_code
    return None


def _due() -> list[str]:
    query = model.Session.query(Run.id).filter(Run.finished_at.isnot(None), Run.notified_at.is_(None))
    return [id_ for (id_,) in query.order_by(Run.finished_at)]


def _hold(run_id: str) -> Run | None:
    """Return a run of which nobody else sends letters meanwhile."""
    query = model.Session.query(Run).filter_by(id=run_id, notified_at=None).populate_existing()
    return query.with_for_update(skip_locked=True).one_or_none()


def _letters(run: Run) -> list[Letter]:
    # Who imports on the command line sees what is rejected.
    source: Any = HarvestSource.get(run.source_id) if run.job_id else None
    if source is None:
        return []
    report = reports.show(run)
    if not report["errors"] or _news(report) == _news_of_the_run_before(run):
        return []
    about = {"source": _line(source.title or source.id), "errors": report["errors"]}
    subject = _("Harvest of {source}: {errors} to mend").format(**about)
    letters = [Letter(address, subject, _for_operator(about, report)) for address in config.report_emails()]
    contact = _contact(source)
    if contact:
        letters.append(Letter(contact, subject, _for_contact(about, report)))
    return letters


def _news(report: dict[str, Any]) -> set[tuple[str, ...]]:
    failures = {(problem["code"],) for problem in reports.failures(report)}
    return failures | {(row["key"], *row["reasons"]) for row in reports.rejections(report)}


def _news_of_the_run_before(run: Run) -> set[tuple[str, ...]]:
    before = (
        model.Session.query(Run)
        .filter(Run.source_id == run.source_id, Run.started_at < run.started_at)
        .order_by(Run.started_at.desc())
        .first()
    )
    return _news(reports.show(before)) if before else set()


def _contact(source: Any) -> str:
    try:
        return SourceConfig.from_json(source.config).contact
    except SourceConfigError:
        return ""


def _for_operator(about: dict[str, Any], report: dict[str, Any]) -> str:
    counted = report["counts"]
    numbers = ", ".join(tk.h.opengovbelize_outcome_count(name, counted[name]) for name in OUTCOMES)
    return "\n".join(
        [
            _("The harvest of {source} has ended.").format(**about),
            numbers,
            "",
            *_failures(report),
            _("The report:") + f" {_address(report)}",
        ]
    )


def _for_contact(about: dict[str, Any], report: dict[str, Any]) -> str:
    rejected = reports.rejections(report)
    lines = [
        _("You are named as the contact of the source {source}. This could not be published:").format(
            **about
        ),
        "",
        *_failures(report),
    ]
    for row in rejected[:MOST]:
        lines.append(f"- {_line(row['label'] or row['name'])}")
        lines += [
            f"  {_line(tk.h.opengovbelize_message(problem['message']))}"
            for problem in row["problems"]
            if problem["code"] in row["reasons"]
        ]
    if len(rejected) > MOST:
        lines.append(_("and {number} more.").format(number=len(rejected) - MOST))
    lines += [
        "",
        _(
            "What was published before stays as it is. Mend the records where they are kept: the next run reads them."
        ),
        _("The report, for editors:") + f" {_address(report)}",
    ]
    return "\n".join(lines)


def _failures(report: dict[str, Any]) -> list[str]:
    return [
        f"- {_line(tk.h.opengovbelize_message(problem['message']))}" for problem in reports.failures(report)
    ]


def _address(report: dict[str, Any]) -> str:
    return tk.url_for("opengovbelize_runs.read", run_id=report["id"], qualified=True)


def _line(text: str) -> str:
    """Return a text on one line, so that none of it is taken for more of the letter."""
    return " ".join(text.split())


def _send(letter: Letter) -> None:
    with _quietly(), _in_time():
        mailer.mail_recipient("", letter.address, letter.subject, letter.body)


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Keep CKAN's mailer from logging to whom it writes."""
    logger = logging.getLogger(mailer.__name__)
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


@contextlib.contextmanager
def _in_time() -> Iterator[None]:
    """Let a mail server that does not answer hold up nothing: CKAN's mailer would wait for it for ever."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(SECONDS)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)
