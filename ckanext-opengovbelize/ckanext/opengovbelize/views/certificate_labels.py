"""Certificates in words: why one is refused, doubtful, revoked, and what is said of a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ckan.plugins.toolkit import _, ungettext

from ..certificates import model, rules


def reasons() -> list[tuple[str, str]]:
    """Return why a certificate may be revoked, with the words that everybody reads."""
    return [(code, reason_label(code)) for code in model.REASONS]


def reason_label(code: str) -> str:
    """Return why a certificate was revoked."""
    return {
        model.ERROR: _("Something in it was wrong."),
        model.REPLACED: _("A newer certificate replaces it."),
        model.NOT_EARNED: _("It was issued by mistake."),
        model.WITHDRAWN: _("The program withdrew it."),
    }.get(code, "")


def why_label(code: str) -> str:
    """Return why a key cannot be trusted."""
    return {
        model.STOLEN: _("The key with which it was signed came into other hands."),
        model.LOST: _("The program lost control of the key with which it was signed."),
        model.MISUSED: _(
            "The key with which it was signed was used for certificates that nobody had earned."
        ),
    }.get(code, "")


def refusal(found: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """Return why no certificate can be issued yet, and what to do."""
    if found["code"] == rules.SESSIONS_MISSING:
        return _(
            "The series has {wanted} sessions, and there are files of {given}. Choose the files of all of them. If the "
            "series has fewer sessions, correct their planned number in the series."
        ).format(wanted=found["wanted"], given=found["given"])
    if found["code"] == rules.RULE_IMPOSSIBLE:
        return _(
            "The series asks for {wanted} sessions and has only {given}. Correct its rule for certificates."
        ).format(wanted=found["wanted"], given=found["given"])
    sessions = ", ".join(titles.get(name, name) for name in found["sessions"])
    return _(
        "The rule asks for a share of the time, and nobody knows how long these sessions were: {sessions}. Add when "
        "each began and ended."
    ).format(sessions=sessions)


def doubt(found: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """Return what to look at about one person."""
    sessions = ", ".join(titles.get(name, name) for name in found["sessions"])
    return {
        rules.NO_TIMES: _("Counted as present the whole time, since the list has no times: {sessions}."),
        rules.PUBLIC_ROLE: _("Missed no session if the one counts in which they spoke: {sessions}."),
        rules.NO_NAME: _("No name is known. Write one, or no certificate is made."),
        rules.ODD_NAME: _("This may not be a full name."),
        rules.SEVERAL_NAMES: _("Came under more than one name. Choose how it is printed."),
        rules.SAME_NAME: _("Another participant has the same name."),
    }[found["code"]].format(sessions=sessions)


def rule_in_words(series: Mapping[str, Any], sessions: int, needed: int) -> str:
    """Return the rule of a series as one sentence."""
    if needed >= sessions:
        said = ungettext(
            "A certificate is for those who attended the session.",
            "A certificate is for those who attended all {sessions} sessions.",
            sessions,
        )
    else:
        said = _("A certificate is for those who attended {needed} of the {sessions} sessions.")
    words = said.format(needed=needed, sessions=sessions)
    if share := series.get("certificate_share"):
        words += " " + _(
            "A session counts for those who were there for {share} percent of its time or more."
        ).format(share=share)
    return words


def kept(issues: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return what the portal keeps of each issue: its day, and how many certificates."""
    return [
        (
            row["issued"],
            ungettext("{number} certificate", "{number} certificates", row["count"]).format(
                number=row["count"]
            )
            if row["count"] is not None
            else _("a number that is not kept, because it could point at persons"),
        )
        for row in issues
    ]
