"""What can be wrong with a cell or a row, in words that tell how to mend it. None repeats what stands there."""

from __future__ import annotations

from ..problems import Problem

_MESSAGES = {
    "day-ambiguous": "Day and month could be either way round, so the day was left out. Which is it? "
    "Write the month as a word, such as 5 July 2021, or the day as 2021-07-05.",
    "day-unreadable": "This is no day that can be read, so it was left out. Write it as 2021-07-05.",
    "day-in-words": "This names no exact day, so it is shown in its own words and nothing becomes overdue by it. Write "
    "a day, such as 2021-07-05, if one is meant.",
    "day-assumed": "No exact day is stated; the first day was taken for a start and the last one for an end or "
    "deadline. Write the day if another one is meant.",
    "choice-unknown": "This word is not in the list for this field, so it was left out. Use a word of the list in the "
    "template.",
    "text-too-long": "The text is longer than the portal takes, so it was left out. Shorten it.",
    "number-unreadable": "This is no number, so it was left out. Write a number, such as 3.",
    "code-unreadable": "This number or short name cannot be used, so it was left out. Write letters, digits, dots and "
    "hyphens only, such as 1.1.",
    "period-unreadable": "A reporting period cannot be read, so it was left out. Write them as 2020-H2; 2021-H1, or "
    "give each one a row in the sheet periods.",
    "link-unreadable": "This is no web address, so it was left out. Write it whole, beginning with https://.",
    "flag-unreadable": "Write yes or no here; what stands there was left out.",
    "reference-unreadable": "A reference to another commitment cannot be read, so it was left out. "
    "Write draft 2; draft 3.",
    "status-unknown": "The status is not known. Write NS (not started), LP (limited progress), SP (substantial "
    "progress) or C (complete).",
    "status-missing": "The report has no status. Write NS (not started), LP (limited progress), SP (substantial "
    "progress) or C (complete).",
    "stage-unknown": "The stage is not known. Write draft, final, merged or dropped.",
    "stage-assumed": "The table states no stage, so its commitments are taken to be final. Add the column Stage with "
    "draft or final if they are not.",
    "row-incomplete": "The row was left out, since something that it needs is missing or cannot be read: {columns}. "
    "Fill it in.",
    "row-surplus": "The row has more cells than the table has columns, so its cells may be in the wrong columns. Put "
    "quotation marks round texts that hold the delimiter, or save the table as CSV again.",
    "row-twice": "The same plan, number, or indicator and period stands in the file before; this row was left out. "
    "Delete one of the two, or correct its number.",
    "row-no-commitment": "The row is a note or a sum under the table and no commitment, so it was left out. If it is a "
    "commitment, give it a number and a title.",
    "sheet-hidden": "The sheet is hidden, so it was left out. Unhide it in the workbook if it is to be published.",
    "cells-hidden": "Rows or columns of the sheet are hidden, so they were left out. Unhide them in the workbook if "
    "they are to be published.",
    "verdict-unknown": "This verdict is not on the scale of its column, so it was left out. Use a word of the scale.",
    "column-covered": "The column {columns} says the same as another one, which was read; this one was left out.",
    "number-twice": "The same number stands in the file before; this row was left out. If it is 1.10, a spreadsheet "
    "program may have turned it into 1.1: write it as text, with an apostrophe in front. Else correct the number.",
    "cells-outside": "Something stands beyond the columns that have a header; it was left out.",
    "sheet-unknown": "The sheet is none of a plan's that is known, so it was left out. Give it the name and the "
    "headers of the template.",
    "table-empty": "The table has a header and no rows. Fill it in and send it again.",
}


def problem(code: str, place: str, field: str = "", *, rejects: bool = False, columns: str = "") -> Problem:
    """Return the problem ``code`` at a place; ``columns`` fills in the message."""
    message = _MESSAGES[code].format(columns=columns)
    return Problem(code, message, place=place, field=field, rejects=rejects)
