"""What a record says in public roles, and whom its source names beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Known:
    """What a record says in public roles.

    Attributes:
        people: for each person in a public role, the folded words of the name.
        bodies: the folded names of their institutions.
        others: by its first word, the folded words of each name that the source gives without a public role.
    """

    people: tuple[frozenset[str], ...] = ()
    bodies: tuple[str, ...] = ()
    others: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    def is_public(self, name: Sequence[str]) -> bool:
        """Return whether a name is that of a person in a public role, be it short or with a middle name."""
        said = frozenset(name)
        return any(said <= own or (len(own) > 1 and own <= said) for own in self.people)

    def is_body(self, name: Sequence[str]) -> bool:
        """Return whether the words stand in the name of an institution of the record."""
        said = f" {' '.join(name)} "
        return any(said in f" {body} " for body in self.bodies)
