"""Uploads that never touch a disk: attendance files and records are read in memory and forgotten with the request."""

from __future__ import annotations

import io
import re
from typing import IO, Any

from flask import Request, Response, jsonify, request

from .. import config
from .attendance_form import too_large_message

# Where records, attendance files and certificates are sent to: pages, in every language, and the same through the API.
IN_MEMORY = (
    re.compile(
        r"(?:/[a-z]{2}(?:_[A-Za-z]+)?)?/(?:webinar|webinar_series)/[^/]+/(?:participants|certificates)/?"
    ),
    re.compile(r"(?:/[a-z]{2}(?:_[A-Za-z]+)?)?/opengovbelize/records/upload/?"),
    re.compile(r"/api/(?:3/)?action/opengovbelize_(?:attendance|certificates?|record)_\w+/?"),
    re.compile(r"(?:/[a-z]{2}(?:_[A-Za-z]+)?)?/verify/?"),
)

# A name and two boxes for each of ten thousand participants.
_MOST_FIELDS = 30_000


class UploadRequest(Request):
    """A request whose files stay in memory where they hold persons.

    werkzeug puts an uploaded file of more than 500 kB into a temporary file. For the addresses of ``IN_MEMORY``
    everything stays in memory instead, and what is larger than ``ckanext.opengovbelize.max_upload_bytes`` as a
    whole is refused with 413 before it is read.
    """

    @property
    def stays_in_memory(self) -> bool:
        """Tell whether this request's address takes files that must not be written."""
        return any(pattern.fullmatch(self.path) for pattern in IN_MEMORY)

    @property
    def max_content_length(self) -> int | None:
        """Return the size above which a request is refused, or None."""
        usual = super().max_content_length
        if not self.stays_in_memory:
            return usual
        ours = config.max_upload_bytes()
        return ours if usual is None else min(ours, usual)

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        self._max_content_length = value

    @property
    def max_form_memory_size(self) -> int | None:
        """Return how much of a request's fields may be held: a signed preview is a long field."""
        return config.max_upload_bytes() if self.stays_in_memory else super().max_form_memory_size

    @max_form_memory_size.setter
    def max_form_memory_size(self, value: int | None) -> None:
        self._max_form_memory_size = value

    @property
    def max_form_parts(self) -> int | None:  # type: ignore[override]
        """Return how many fields a request may have: a coordinator may correct the name of every participant."""
        return _MOST_FIELDS if self.stays_in_memory else super().max_form_parts

    @max_form_parts.setter
    def max_form_parts(self, value: int | None) -> None:
        self._max_form_parts = value

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if self.stays_in_memory:
            return io.BytesIO()
        return super()._get_file_stream(total_content_length, content_type, filename, content_length)


def keep_in_memory(app: Any) -> Any:
    """Let an application read its requests with ``UploadRequest``."""
    app.request_class = UploadRequest
    app.after_request(_api_too_large)
    return app


def _api_too_large(response: Response) -> Response:
    """Tell a program that sent too much so in JSON: it never got to the action that would."""
    is_ours = request.path.startswith("/api/") and getattr(request, "stays_in_memory", False)
    if response.status_code != 413 or not is_ours:
        return response
    error = {"__type": "Validation Error", "file": [too_large_message()]}
    answer = jsonify({"success": False, "error": error})
    answer.status_code = 413
    return answer
