"""CKAN's configuration for the portal, written anew at every start."""

from __future__ import annotations

from collections.abc import Mapping
from configparser import ConfigParser, Error
from pathlib import Path

from . import files
from .errors import StackError
from .settings import ROOT, SERVERS, Settings

SAMPLES = ROOT / "samples"

LOGGING = """
[loggers]
keys = root, ours

[handlers]
keys = console

[formatters]
keys = quiet

# CKAN and ckanext-harvest tell what people typed and where sources lie from INFO on.
[logger_root]
level = WARNING
handlers = console

[logger_ours]
qualname = ckanext.opengovbelize
handlers =
level = INFO

[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = quiet

[formatter_quiet]
class = stack.logs.QuietFormatter
format = %(asctime)s %(levelname)-5.5s [%(name)s] %(message)s
"""


def options(settings: Settings, addresses: Mapping[str, str]) -> dict[str, str]:
    """Return the portal's own options.

    Args:
        settings: The portal's settings.
        addresses: The servers' addresses, by variable.
    """
    keys = settings.keys
    secure = settings.url.startswith("https:")
    main, write, read, solr, redis = (addresses[name] for name in SERVERS)
    return {
        "ckan.site_id": "opengovbelize",
        "ckan.site_url": settings.url,
        "ckan.site_title": "Open Government Belize",
        "ckan.site_description": "Webinars of Belize's open government program",
        "SECRET_KEY": keys.get("session"),
        "WTF_CSRF_SECRET_KEY": keys.get("forms"),
        "api_token.jwt.encode.secret": f"string:{keys.get('api-tokens')}",
        "api_token.jwt.decode.secret": f"string:{keys.get('api-tokens')}",
        "SESSION_COOKIE_SECURE": str(secure).lower(),
        "SESSION_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": str(secure).lower(),
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "ckan.auth.create_user_via_web": "false",
        "ckan.auth.create_user_via_api": "false",
        "ckan.auth.user_create_organizations": "false",
        "ckan.auth.public_user_details": "false",
        "ckan.auth.anon_create_dataset": "false",
        "ckan.storage_path": str(settings.state / "storage"),
        "ckan.webassets.path": str(settings.state / "webassets"),
        "ckan.max_resource_size": "100",
        "sqlalchemy.url": main,
        "ckan.datastore.write_url": write,
        "ckan.datastore.read_url": read,
        "solr_url": solr,
        "ckan.redis.url": redis,
        "ckanext.opengovbelize.hash_key": keys.get("hashes"),
        "ckanext.opengovbelize.keys_folder": str(keys.folder / "certificates"),
        "ckanext.opengovbelize.email_domains": "trust-oea.org",
        "ckanext.opengovbelize.source_folders": str(SAMPLES),
    }


def operators_options(path: Path) -> dict[str, str]:
    """Read the operator's own options, ``key = value`` lines that win over ours."""
    if not path.exists():
        return {}
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[method-assign,assignment]  # keeps SECRET_KEY upper case
    text = path.read_text()
    try:
        parser.read_string(text if text.lstrip().startswith("[") else f"[app:main]\n{text}")
        return dict(parser["app:main"])
    except (Error, KeyError) as error:
        raise StackError(f"{path} is not a list of lines such as: ckan.site_title = Our portal") from error


def write(settings: Settings, addresses: Mapping[str, str]) -> bool:
    """Write the configuration; says whether it changed."""
    chosen = options(settings, addresses) | operators_options(settings.state / "local.ini")
    lines = [
        "# Written by bin/portal at every start. Options of your own belong in local.ini beside this file.",
        "[app:main]",
        f"use = config:{ROOT / 'stack' / 'common.ini'}",
        *(f"{name} = {value.replace('%', '%%')}" for name, value in chosen.items()),
    ]
    for name in ("storage", "webassets"):
        (settings.state / name).mkdir(parents=True, exist_ok=True)
    return files.write(settings.ini, "\n".join(lines) + "\n" + LOGGING)
