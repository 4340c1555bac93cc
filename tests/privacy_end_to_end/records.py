"""Session records full of private strings, all invented. Each string that must not get out is listed in ``PLANTED``."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx

# What the records say in public roles: it must come through, else nothing was harvested and nothing is proven.
PUBLIC = (
    "Ramona Heronfield",
    "Tobias Sandpiper",
    "Estuary Institute",
    "coordination@example.org",
    "Which law opens the accounts of the villages",
    "Open river accounts",
    "Two villages publish",
)

PLANTED = (
    # Participants, by their chat names
    "Itzamara Quelenic",
    "Ñuflo Tzucanteh",
    "Dorotea Wamilpan",
    "Xul Kaan",
    # Names inside messages, introductions and questions
    "Xiomara Pukteh",
    "Leocadio Bravonnet",
    "Wenceslao Ixtepan",
    # A message under the coordinator's name that introduces somebody else
    "Florentina Ekmacal",
    # In names of files, of members of a zip, in a broken record, and in a line of a date that is none
    "Hermenegilda Ixcoy",
    "Basilio Yaxcal",
    "Crisanta Moxoltic",
    "Evaristo Chuncanul",
    # Addresses, numbers, handles, links
    "itzamara.quelenic@mailbox.example.com",
    "dtzucanteh",
    "622-9471",
    "5551-8823",
    "quelenic_itza",
    "itzamara-quelenic-77",
    # Affiliations that identify one person
    "Panaderia Quelenic",
    "Botica Tzucanteh",
    # A message to one person
    "kidney transplant",
)

HEAD = """# Estuary Open Government Webinars

Series: Estuary series

## Webinar {number}: {title}

An invented session about rivers.

**Date:** {date}

**Venue:** Estuary Hall, Belize City

**Speakers:**

Ramona Heronfield
Budget Analyst
Estuary Institute

**Facilitated by:** Tobias Sandpiper, Specialist, Estuary Institute

**Project Local Coordination Team:**

Ms. Perla Coordinada coordination@example.org and Mr. Wenceslao Contacto dtzucanteh@private.example.com

**Objective:**

To show that what is private stays private.

**Chat Transcript:**

"""

DATE = "Thursday 13 February 2025, 10:30 AM - 12:00 PM (Belize time)"

CHAT = """Tobias Sandpiper: Good morning to everybody
Itzamara Quelenic [Panadería Quelenic]: Good morning, I am Itzamara Quelenic from the Panadería Quelenic in Orange Walk
Ñuflo Tzucanteh - Botica Tzucanteh: Buenos días
Perla Coordinada: Hi I am Florentina Ekmacal, but I was told to log in with this name
Itzamara Quelenic [Panadería Quelenic]: How often is the budget published?
Ramona Heronfield: Itzamara, the budget is published once a month, as Leocadio Bravonnet told you. Call 622-9471.
Dorotea Wamilpan: My name is Xiomara Pukteh, write to itzamara.quelenic@mailbox.example.com or +501 622 9471
Dorotea Wamilpan: follow me at @quelenic_itza and https://www.linkedin.com/in/itzamara-quelenic-77
Dorotea Wamilpan: As the owner of the Botica Tzucanteh, how can I ask Wenceslao Ixtepan for the accounts of the river fund?
ÑUFLO TZUCANTEH: Which datasets does the ministry publish, Ms. Xiomara  Pukteh?
Ramona Heronfield: See https://data.example.org/rivers and thank Ñuflo Tzucanteh (tel. 502 5551-8823)
Tobias Sandpiper: Thank you all, and thanks to Nuflo Tzucanteh
Xul Kaan: Which law opens the accounts of the villages?
"""

SAVED_CHAT = """10:31:07 From Tobias Sandpiper to Everyone:
	Good morning from Belize City
10:33:15 From Itzamara Quelenic to Tobias Sandpiper(Direct Message):
	I had a kidney transplant, please speak up, my number is +501 622-9471
10:36:51 From Dorotea Wamilpan (Botica Tzucanteh) to Everyone:
	How can a village ask for the accounts of the fund?
	I am Xiomara Pukteh by the way
10:40:00 From Ramona Heronfield to Everyone:
	Replying to "How can a village a..."

	By a letter to the ministry, as Wenceslao Ixtepan did
"""

SPANISH = """PROGRAMA DE SEMINARIOS DEL ESTERO

Serie: Serie del estero

Seminario web 4: Cuentas claras

Una sesión inventada.

Fecha: jueves 20 de febrero de 2025
Hora: 10:30 a.m. a 12:00 m. (hora de Belice)
Lugar: Sala del Estero, Corozal

Ponentes:

Ramona Heronfield
Analista
Estuary Institute

Facilitado por Tobias Sandpiper, Especialista, Estuary Institute

Transcripción del chat:

Tobias Sandpiper: Buenos días a todos
Ñuflo Tzucanteh [Botica Tzucanteh]: Soy Ñuflo Tzucanteh, de la Botica Tzucanteh, mi número es +502 5551 8823
Itzamara Quelenic: ¿Cuándo se publican las cuentas, doña Xiomara Pukteh?
Ramona Heronfield: Cada mes, Itzamara Quelenic.
Ñuflo Tzucanteh: ¿Quién responde por el río? Mi correo es itzamara.quelenic@mailbox.example.com
"""


PLAN_TABLE = """Plan,Number,Stage,Title,Problem,Action,Lead institution,Partners,Name of responsible person,E-mail,Contact phone,Ask Itzamara Quelenic
Estuary plan,1,final,Open river accounts,Villages cannot see the accounts.,"Publish them. Contact: Ms. Xiomara Pukteh, tel. 622-9471.",Estuary Institute,River Watch Society,Wenceslao Ixtepan,itzamara.quelenic@mailbox.example.com,+502 5551-8823,yes
Estuary plan,2,final,"Wells, says Dorotea Wamilpan","Write to itzamara.quelenic@mailbox.example.com or @quelenic_itza",See https://www.linkedin.com/in/itzamara-quelenic-77,Estuary Institute,,Leocadio Bravonnet,,,
Estuary plan,,final,Asked for by Xiomara Pukteh,,,,,Ñuflo Tzucanteh,,622-9471,
"""  # noqa: E501

PROGRESS_TABLE = """Plan,Commitment Number,Period,Indicator,Status,Progress,Challenges,Reported by,Officer
Estuary plan,1,2021-H1,1.1,LP,"Two villages publish, as Mr. Wenceslao Ixtepan reports.",Call 622-9471 for more,Estuary Institute,Xul Kaan
Estuary plan,1,2021-H2,1.1,Dorotea Wamilpan says done,Nine publish.,,Estuary Institute,Xul Kaan
Estuary plan,9,2021-H2,9.1,SP,Ask doña Xiomara Pukteh.,,Estuary Institute,Xul Kaan
"""


def record(number: int, title: str, chat: str = CHAT, date: str = DATE) -> str:
    return HEAD.format(number=number, title=title, date=date) + chat


def write(folder: Path) -> None:
    """Write one record of each kind into a folder."""
    (folder / "Hermenegilda Ixcoy session-1.md").write_text(record(1, "Budgets"), encoding="utf-8")
    (folder / "session-2.html").write_text(as_html(record(2, "Rivers")), encoding="utf-8")
    (folder / "session-3.txt").write_text(record(3, "Forests", SAVED_CHAT), encoding="utf-8")
    (folder / "sesion-4.txt").write_bytes(SPANISH.encode("cp1252"))
    write_word(folder / "session-5.docx", record(5, "Roads"))
    bad_date = "some day after Evaristo Chuncanul calls 622-9471"
    (folder / "session-6.md").write_text(record(6, "Bridges", date=bad_date), encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"PK\3\4 Crisanta Moxoltic \0\1")
    (folder / "empty-of-sense.txt").write_text("Crisanta Moxoltic: only a chat\nItzamara Quelenic: yes\n")
    (folder / "plan.json").write_text('{"plan": {"title": "Estuary plan", "contact": "Xiomara Pukteh"}}')
    (folder / "commitments.csv").write_text(PLAN_TABLE, encoding="utf-8")
    (folder / "progress of Basilio Yaxcal.csv").write_text(PROGRESS_TABLE, encoding="utf-8")
    (folder / "session-8.md").write_text(
        record(8, "Wells: with Itzamara Quelenic, call 622-9471").replace(
            "rivers.", "rivers, with Dorotea  WAMILPAN (622 9471)."
        ),
        encoding="utf-8",
    )


def write_zip(path: Path) -> None:
    """Write an archive whose members are named after persons."""
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w") as archive:
        archive.writestr("Basilio Yaxcal/session-7.md", record(7, "Harbours"))
        archive.writestr("Basilio Yaxcal.docx", b"no document of Crisanta Moxoltic")
    path.write_bytes(inside.getvalue())


def as_html(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    body = "".join(
        f"<h1>{line[2:]}</h1>" if line.startswith("# ") else f"<p>{line.lstrip('# ').replace('**', '')}</p>"
        for line in lines
    )
    return f"<html><head><title>Rivers</title></head><body><main>{body}</main></body></html>"


def write_word(path: Path, text: str) -> None:
    document = docx.Document()
    for line in text.splitlines():
        if line.startswith("#"):
            document.add_heading(line.lstrip("# "), level=line.count("#"))
        elif line.strip():
            document.add_paragraph(line.replace("**", ""))
    document.core_properties.author = "Dorotea Wamilpan"
    document.save(str(path))
