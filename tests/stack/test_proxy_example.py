"""The nginx settings in docs/operate.md keep files about persons off the disk, as the portal itself does."""

from __future__ import annotations

import re

import pytest
from ckanext.opengovbelize.views.uploads import IN_MEMORY

from stack.settings import ROOT

LOCATION = re.compile(r"location ~ (\S+) \{\n(.*?)\n    \}", re.DOTALL)
ADDRESSES = [
    "/webinar/sample-2021-1/participants",
    "/es/webinar/sample-2021-1/participants",
    "/webinar_series/sample-2021/participants",
    "/webinar_series/sample-2021/certificates",
    "/verify",
    "/opengovbelize/records/upload",
    "/es/opengovbelize/records/upload",
    "/api/3/action/opengovbelize_record_preview",
    "/api/3/action/opengovbelize_certificates_count",
    "/api/3/action/opengovbelize_attendance_preview",
    "/api/action/opengovbelize_attendance_publish",
    "/api/3/action/opengovbelize_certificate_preview",
    "/api/3/action/opengovbelize_certificate_verify",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_the_portal_keeps_in_memory_the_proxy_does_too(address: str) -> None:
    # CKAN takes the language off before the portal looks at an address.
    assert any(pattern.fullmatch(address.removeprefix("/es")) for pattern in IN_MEMORY)
    locations = LOCATION.findall((ROOT / "docs/operate.md").read_text())
    (settings,) = [settings for pattern, settings in locations if re.search(pattern, address)]
    assert "proxy_request_buffering off;" in settings
    # nginx puts a body sent in chunks into a file unless it may pass the chunks on.
    assert "proxy_http_version 1.1;" in settings
