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
    "iso639-1": Namespace("http://id.loc.gov/vocabulary/iso639-1/"),
    "iso639-3": Namespace("http://lexvo.org/id/iso639-3/"),
    "rdfs": Namespace("http://www.w3.org/2000/01/rdf-schema#"),
    "sdmx-attribute": Namespace("http://purl.org/linked-data/sdmx/2009/attribute#"),
}

# What stands between a dataset and a value, where ``property`` is a path.
_CLASSES = {
    "schema:location": "schema:Place",
    "schema:address": "schema:PostalAddress",
    "schema:acceptedAnswer": "schema:Answer",
}

# What a value of these terms is: readers of schema.org and DCAT refuse a mere text. With what says its name.
_THINGS = {
    **dict.fromkeys(
        (
            "schema:organizer",
            "schema:funder",
            "schema:sponsor",
            "schema:agent",
            "schema:participant",
            "schema:author",
        ),
        ("schema:Organization", "schema:name"),
    ),
    "schema:affiliation": ("schema:Organization", "schema:name"),
    "schema:audience": ("schema:Audience", "schema:audienceType"),
    "dcat:theme": ("skos:Concept", "skos:prefLabel"),
    "dct:type": ("skos:Concept", "skos:prefLabel"),
    "dct:relation": ("skos:Concept", "skos:prefLabel"),
    "dct:spatial": ("dct:Location", "rdfs:label"),
    "dct:temporal": ("dct:PeriodOfTime", "rdfs:label"),
    "dct:conformsTo": ("dct:Standard", "rdfs:label"),
    "dct:accessRights": ("dct:RightsStatement", "rdfs:label"),
}
# Where a dataset has no description, which DCAT-AP and Google ask for, the first of these tells what it is about.
_DESCRIBING = ("notes", "objective", "action", "problem", "title")
_REMOTE = ("online", "hybrid")

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
        self._add_basics(dataset_ref, dataset_dict)
        self._without_texts_of_languages(dataset_ref)
        for resource in dataset_dict.get("resources", []):
            distribution = URIRef(resource_uri(resource))
            self._add_fields(distribution, schema["resource_fields"], resource)
            self._without_texts_of_languages(distribution)

    def _add_basics(self, subject: URIRef, dataset: Mapping[str, Any]) -> None:
        """Add what readers of schema.org and DCAT ask of everything, as far as other profiles have not."""
        schema, dct = NAMESPACES["schema"], NAMESPACES["dct"]
        page = ""
        if dataset.get("name"):
            page = tk.url_for(f"{dataset['type']}.read", id=dataset["name"], qualified=True)
        about = next((dataset[name] for name in _DESCRIBING if dataset.get(name)), "")
        said = {
            schema.name: dataset.get("title"),
            schema.url: page,
            schema.description: about,
            dct.description: about,
        }
        for predicate, value in said.items():
            if value and (subject, predicate, None) not in self.g:
                self.g.add((subject, predicate, Literal(value)))
        if dataset.get("mode") in _REMOTE and page:
            place = BNode()
            self.g.add((subject, schema.location, place))
            self.g.add((place, RDF.type, schema.VirtualLocation))
            self.g.add((place, schema.url, Literal(page)))

    def _without_texts_of_languages(self, subject: Node) -> None:
        """Take out what ckanext-dcat says of languages as texts, where they stand as terms too."""
        language = NAMESPACES["dct"].language
        said = list(self.g.objects(subject, language))
        if any(isinstance(each, URIRef) for each in said):
            for each in said:
                if isinstance(each, Literal):
                    self.g.remove((subject, language, each))

    def _add_fields(self, subject: Node, fields: list[reading.Field], values: Mapping[str, Any]) -> None:
        between: dict[str, BNode] = {}
        for field in fields:
            value = values.get(field["field_name"])
            if value in (None, "", [], False) or field["field_name"] in _NOT_SAID:
                continue
            owner, predicate = self._owner(subject, field["property"], between)
            for each in _each(field, value):
                node = self._row(field, each) if isinstance(each, dict) else _node(field, each)
                thing = _THINGS.get(field["property"].rpartition("/")[2])
                if thing and isinstance(node, Literal):
                    node = self._thing(thing, field, each)
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

    def _thing(self, thing: tuple[str, str], field: reading.Field, value: Any) -> BNode:
        """Return what a text names: an organization, a concept, a period."""
        node = BNode()
        kind, naming = map(_term, thing)
        self.g.add((node, RDF.type, kind))
        labels = {choice["value"]: choice["label"] for choice in choices.choices(field)}.get(value)
        if labels is None:
            self.g.add((node, naming, Literal(str(value))))
            return node
        self.g.add((node, NAMESPACES["skos"].notation, Literal(str(value))))
        for language, label in labels.items():
            self.g.add((node, naming, Literal(label, lang=language)))
        return node

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
