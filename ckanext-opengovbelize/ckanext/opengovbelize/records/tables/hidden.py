"""What somebody has hidden in the sheets of an Excel workbook, by their names.

A sheet's file does not say what it is called: the workbook names its sheets, and tells the file of each by a relation.
"""

from __future__ import annotations

from collections.abc import Mapping

from .extent import Hidden, run

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def by_name(found: Mapping[str, Hidden], workbook: bytes, relations: bytes) -> dict[str, Hidden]:
    """Return what is hidden in each sheet, by its name.

    Args:
        found: what is hidden, by the name of the sheet's file in the archive.
        workbook: the file that names the sheets.
        relations: the file that tells which file each is.
    """
    files: dict[str, str] = {}
    sheets: dict[str, Hidden] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "").removeprefix("/").removeprefix("xl/")
            files[attributes.get("Id", "")] = f"xl/{target}"

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            sheets[attributes.get("name", "")] = found.get(files.get(attributes.get("id", ""), ""), Hidden())

    run(relations, relation)
    run(workbook, sheet)
    return sheets
