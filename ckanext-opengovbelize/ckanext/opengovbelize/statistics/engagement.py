"""What a chat shows of how people took part: counted from its messages, which are forgotten."""

from __future__ import annotations

from collections.abc import Collection

from ..folding import fold
from ..privacy.answers import Asked, Said, pair
from ..privacy.questions import asks_anything, substance
from ..records.session import SessionRecord
from .figures import Engagement


def of_record(record: SessionRecord, speakers: Collection[str] = ()) -> Engagement | None:
    """Count the chat of a session.

    Args:
        record: the session record, or the chat that was saved, as read.
        speakers: names of people in a public role: their messages answer, and they are no participants.

    Returns:
        Messages to everyone, the questions among them that are about the matter, those that somebody in a public
        role answered in writing, and the names that wrote. None where there is no chat.
    """
    if not record.messages:
        return None
    public = {fold(name) for name in (*speakers, *(person.name for person in record.people))}
    asked: list[Asked] = []
    said: list[Said] = []
    for number, message in enumerate(record.messages):
        author = fold(message.author)
        if author in public:
            said.append(Said(number, author, message.text, "", message.reply_to))
        elif asks_anything(message.text) and (matter := substance(message.text)):
            asked.append(Asked(number, author, message.text, matter))
    pair(asked, said)
    return Engagement(
        messages=len(record.messages),
        questions=len(asked),
        answered=sum(bool(question.answers) for question in asked),
        chatters=len({fold(message.author) for message in record.messages} - public),
    )
