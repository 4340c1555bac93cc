"""``ckan opengovbelize keys``: the keys with which programs sign certificates."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
import click

from ..certificates.model import WHYS


@click.group("keys", short_help="List, rotate or give up the keys that sign certificates.")
def command() -> None:
    """List, rotate or give up the keys with which a program signs certificates.

    ORGANIZATION is the program's id, name or title. No command ever prints the half of a key that signs.
    """


@command.command("list")
@click.argument("organization")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def list_(organization: str, as_json: bool) -> None:
    """List a program's keys, the newest first."""
    listed = _call("opengovbelize_program_key_list", id=organization)
    if as_json:
        click.echo(json.dumps(listed, indent=2))
        return
    for key in listed:
        click.echo(_line(key))
    if not listed:
        click.echo("No key yet: it is made with the first certificate.")


@command.command()
@click.argument("organization")
def rotate(organization: str) -> None:
    """Make a new key. Certificates of the former one stay valid."""
    key = _call("opengovbelize_program_key_rotate", id=organization)
    click.echo(f"{key['id']} signs from now on. What the former key signed stays valid.")


@command.command()
@click.argument("organization")
@click.argument("key")
@click.option(
    "--why", type=click.Choice(WHYS), required=True, help="What the check of a certificate says of it."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
def compromise(organization: str, key: str, why: str, yes: bool) -> None:
    """Declare that others may have KEY: no certificate that it ever signed is valid any more. There is no way back."""
    if not yes:
        click.confirm("Every certificate that this key signed becomes invalid, for good. Go on?", abort=True)
    found = _call("opengovbelize_program_key_compromise", id=organization, key=key, why=why)
    click.echo(f"{found['id']} is compromised since {found['since']}: what it signed is not valid any more.")


def _line(key: dict[str, Any]) -> str:
    why = f" ({key['why']})" if key["why"] else ""
    return f"{key['id']}  {key['state']}{why} since {key['since']}, made {key['created']}"


def _call(action: str, **values: str) -> Any:
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    call: Callable[..., Any] = tk.get_action(action)
    try:
        return call({"user": user, "ignore_auth": True}, values)
    except tk.ObjectNotFound as error:
        click.echo(str(error.message), err=True)
    except tk.ValidationError as error:
        messages: dict[str, Any] = dict(error.error_dict)
        click.echo(" ".join(str(text) for said in messages.values() for text in said), err=True)
    sys.exit(1)
