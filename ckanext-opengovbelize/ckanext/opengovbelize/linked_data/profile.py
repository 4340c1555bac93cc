"""Our types as RDF: every field under the term that its schema names (``property``).

The profile adds to those of ckanext-dcat, for its endpoints and for the structured data in pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk
from ckanext.dcat.profiles import RDFProfile
from ckanext.dcat.profiles.base import CleanedURIRef, namespaces
from ckanext.dcat.utils import dataset_uri, publisher_uri_organization_fallback, resource_uri
from rdflib import RDF, XSD, BNode, Literal, Namespace, URIRef
from rdflib.term import Node
from typing_extensions import override

from ..schemas import choices, reading

# Prefixes that our schemas use beside those of ckanext-dcat.
NAMESPACES: dict[str, Namespace] = {
    **namespaces,
    "prov": Namespace("http://www.w3.org/ns/prov#"),
    "qb": Namespace("http://purl.org/linked-data/cube#"),
    "sdmx-attribute": Namespace("http://purl.org/linked-data/sdmx/2009/attribute#"),
}

# What stands between a dataset and a value, where ``property`` is a path.
_CLASSES = {
    "schema:location": "schema:Place",
    "schema:address": "schema:PostalAddress",
    "schema:acceptedAnswer": "schema:Answer",
}

# ckanext-dcat names the publisher in full, and what is public is released.
_NOT_SAID = frozenset({"owner_org", "publication_state"})
_DATATYPES = {"date-time": XSD.dateTime, "date": XSD.date, "integer": XSD.integer}


class ProgramProfile(RDFProfile):
    """Adds what the schemas of the program's types say to the graph of a dataset."""

    @override
    def graph_from_dataset(self, dataset_dict: dict[str, Any], dataset_ref: URIRef) -> None:
        """Add the fields of a dataset and of its resources; nothing for types that are not the program's."""
        schema = reading.program_schemas().get(dataset_dict.get("type", ""))
        if schema is None:
            return
        for prefix, namespace in NAMESPACES.items():
            self.g.bind(prefix, namespace, replace=True)
        for name in schema["property"].split():
            self.g.add((dataset_ref, RDF.type, _term(name)))
        values = {**dataset_dict, "license_id": dataset_dict.get("license_url")}
        self._add_fields(dataset_ref, reading.fields(schema), values)
        for resource in dataset_dict.get("resources", []):
            self._add_fields(URIRef(resource_uri(resource)), schema["resource_fields"], resource)

    def _add_fields(self, subject: Node, fields: list[reading.Field], values: Mapping[str, Any]) -> None:
        between: dict[str, BNode] = {}
        for field in fields:
            value = values.get(field["field_name"])
            if value in (None, "", [], False) or field["field_name"] in _NOT_SAID:
                continue
            owner, predicate = self._owner(subject, field["property"], between)
            for each in _each(field, value):
                node = self._row(field, each) if isinstance(each, dict) else _node(field, each)
                self.g.add((owner, predicate, node))

    def _owner(self, subject: Node, path: str, between: dict[str, BNode]) -> tuple[Node, URIRef]:
        """Return what a value is said of, and the term; makes the nodes that a path leads through."""
        *steps, last = path.split("/")
        for depth, step in enumerate(steps, start=1):
            way = "/".join(steps[:depth])
            if way not in between:
                between[way] = BNode()
                self.g.add((subject, _term(step), between[way]))
                self.g.add((between[way], RDF.type, _term(_CLASSES[step])))
            subject = between[way]
        return subject, _term(last)

    def _row(self, field: reading.Field, row: Mapping[str, Any]) -> BNode:
        node = BNode()
        if "row_class" in field:
            self.g.add((node, RDF.type, _term(field["row_class"])))
        self._add_fields(node, field["repeating_subfields"], row)
        return node


def _each(field: reading.Field, value: Any) -> list[Any]:
    """Return the values of a field one by one; ``spaced`` ones stand in one text with a space between them."""
    if isinstance(value, list):
        return value
    return str(value).split() if field.get("spaced") else [value]


def _term(name: str) -> URIRef:
    """Return the address of a term such as ``schema:Event``."""
    prefix, _, local = name.partition(":")
    return NAMESPACES[prefix][local]


def _node(field: reading.Field, value: Any) -> Node:
    """Return one value: a dataset, an organization, a listed term, a link, a time, or its text."""
    kind = field.get("format", "")
    match field.get("refers_to"):
        case "dataset":
            return URIRef(dataset_uri({"id": value}))
        case "organization":
            return URIRef(publisher_uri_organization_fallback({"organization": {"id": value}}) or "")
    if kind == "boolean":
        return Literal(tk.h.scheming_language_text(field["label"], "en"))
    if kind == "uri" or str(value).startswith(("http://", "https://")):
        return CleanedURIRef(str(value))
    for choice in choices.choices(field):
        if choice["value"] == value and "term" in choice:
            return _term(choice["term"])
    return Literal(str(value), datatype=_DATATYPES.get(kind))
