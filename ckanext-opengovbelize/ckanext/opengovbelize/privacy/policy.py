"""What a program publishes, and what the screen says of what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..folding import fold
from .redact import ERASED

MESSAGES = {
    "withheld": "Something private was left out here: a name without a public role, an address, a number "
    "or a personal link. If it is public, name the person with a role in the record.",
    ERASED: "A text that was erased on request stands here again and was left out. "
    "Take it out of the source too.",
    "identity-doubtful": "A message under the name of somebody in a public role introduces another person. "
    "It was left out, and nothing under that name in this chat is taken as official.",
    "link-withheld": "A link was left out: it is personal, names a person, lists who took part or is not a web "
    "address. Give a public http or https address.",
    "email-withheld": "An e-mail address was left out. Only coordinators' addresses on the program's "
    "allowed domains are published.",
    "contact-withheld": "A contact person was left out: nothing says that they have a public role. If they coordinate "
    "the session, write Coordinator: instead.",
    "organiser-unclear": "Who organises, supports or pays for the session may be a person or an office here, and was "
    "left out. Write the office so that its name says what it is, such as Reef Office.",
    "question-withheld": "A question was left out, since little of it remained after screening.",
}


@dataclass(frozen=True)
class Policy:
    """What a program publishes.

    Attributes:
        hash_key: the key of all keyed hashes.
        email_domains: domains on which a coordinator's address may be published; subdomains only if listed.
        transcript: whether a screened transcript is published.
        erased: phrases that must not come back, as ``hashing.phrase_hash`` returns them.
    """

    hash_key: bytes
    email_domains: tuple[str, ...] = ()
    transcript: bool = False
    erased: frozenset[tuple[int, str]] = frozenset()

    @cached_property
    def allowed_domains(self) -> set[str]:
        """The domains, in small letters."""
        return {fold(entry).removeprefix("@") for entry in self.email_domains}
