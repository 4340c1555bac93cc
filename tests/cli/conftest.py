"""``ckan opengovbelize import``, run in this process."""

from __future__ import annotations

import json

import click
import pytest
from ckan.tests import factories
from ckanext.opengovbelize.cli.import_records import command
from click.testing import CliRunner


@pytest.fixture
def organization():
    return factories.Organization(name="lighthouse")


@pytest.fixture
def run(organization, app):
    """Run the command; the answer has ``exit_code``, ``stdout``, ``stderr``."""

    @click.group()
    @click.pass_context
    def ckan(context):
        context.meta["flask_app"] = app.flask_app

    ckan.add_command(command)

    def run_(*arguments):
        return CliRunner().invoke(ckan, ["import", *map(str, arguments), "--organization", "lighthouse"])

    return run_


@pytest.fixture
def run_json(run):
    def run_(*arguments):
        result = run(*arguments, "--json")
        return result.exit_code, json.loads(result.stdout)

    return run_


def counts(report):
    return {outcome: number for outcome, number in report["counts"].items() if number}
