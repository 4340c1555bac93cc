"""What organisers call the parts of a record, in English and Spanish: the vocabulary, and finding it in a line.

To teach the reader another wording, add it to ``WORDINGS``, folded (lower case, no accents, no signs).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .document import Block
from .words import fold

# Fields with one short value, those with prose, and parts with several lines of their own kind.
SINGLE = frozenset(
    ["series", "program", "project", "number", "title", "date", "time", "start", "end", "duration", "timezone", "venue", "locality", "district", "mode", "status", "audience", "language", "topics", "address", "invented", "organisers", "funders", "country"]
)
PROSE = frozenset(("introduction", "objective", "rationale", "certificate_rule"))
PEOPLE = frozenset(("speaker", "facilitator", "coordinator", "host"))
PERSON_FIELDS = frozenset(("name", "position", "affiliation", "biography", "email"))

WORDINGS: dict[str, dict[str, str]] = {
    "en": {
        "series": "series|webinar series|series name|series title|name of series|name of the series|part of series",
        "program": "program|programme|program name|programme name|name of program|webinar program",
        "project": "project|project name|in the framework of project|in the framework of the project|"
        "within the framework of the project|framework|in framework of project|under project|under the project",
        "number": "number|no|webinar number|session number|webinar no|session no|number in series|session nr",
        "title": "title|webinar title|session title|name|name of session|name of webinar|name of the session|"
        "name of the webinar|webinar|session|topic of session|topic of the session|session topic|webinar topic|"
        "theme|session name|webinar name|subject|title of session|title of the session|title of webinar|"
        "title of the webinar|webinar theme|event|event title|event name",
        "date": "date|when|date and time|date time|session date|day|webinar date|date of session|date of the session|"
        "date and hour|day and time|date held|held on|date of webinar|date of the webinar|scheduled for",
        "time": "time|hours|hour|schedule|times|session time|time of session|duration and time|hour of session|"
        "start and end|from to|time of the session|start end",
        "start": "start|starts|start time|begins|beginning|from|starts at|start date|start date and time|starting",
        "end": "end|ends|end time|finish|until|to|ends at|end date|end date and time|finishes|ending",
        "duration": "duration|length",
        "timezone": "time zone|timezone|zone|tz",
        "venue": "venue|place|location|where|room|meeting place|venue and location|venue location|physical venue|"
        "place of session|building|site|in person venue|date and place|held at",
        "locality": "locality|city|town|village|city or town|town or city|municipality|community|city town",
        "district": "district",
        "mode": "mode|modality|format|attendance mode|type of session|delivery|mode of delivery|delivery mode|"
        "how to attend|participation mode|mode of participation|session format|attendance",
        "status": "status|state|session status",
        "audience": "audience|target audience|participants|who should attend|intended audience|aimed at|for whom|"
        "target group|who it is for|target participants|intended for",
        "language": "language|languages|language of session|language of the session|session language|working language",
        "topics": "topics|policy areas|policy area|themes|tags|keywords|topic|areas|subjects",
        "address": "public page|web page|page|webpage|session page|address of page|permalink|published at|web address|"
        "public address|url|website|web site|source|official page",
        "invented": "invented|invented data|fictional|sample data",
        "organisers": "organisers|organizers|organiser|organizer|organized by|organised by|implemented by|"
        "implementing partners|implementing partner|hosted by|convened by|implementers|partners|"
        "implementing institutions|institution|executed by|implementing agencies|implementing agency|"
        "organising institution|organizing institution|offered by|delivered by",
        "funders": "funders|funder|donors|donor|funded by|financed by|supported by|with the support of|"
        "with support from|with the financial support of|sponsors|sponsor|sponsored by|funding|support",
        "introduction": "introduction|description|about|about session|about the session|summary|overview|abstract|"
        "presentation of session|session description|about webinar|about the webinar|about this session|"
        "about this webinar|what it is about|session overview|session summary|webinar description|intro|"
        "what to expect|synopsis|brief description",
        "objective": "objective|objectives|goal|goals|aim|aims|purpose|general objective|session objective|"
        "session objectives|objective of session|objective of the session|learning objectives|main objective|"
        "objectives of the session|purpose of the session|aim of the session|webinar objective|what we want|"
        "webinar objectives|objective of the webinar|aims and objectives|goals and objectives",
        "rationale": "rationale|justification|background|context|why|reason|reasons|background and rationale|"
        "rationale and background|context and rationale|why this session|why it matters|background and context|"
        "rationale of the session|why this webinar|reasoning|basis",
        "certificate_rule": "certificate|certificates|certification|certificate rule|certificate of completion|"
        "certificate of participation|certificate of attendance|certificate requirements|requirements for certificate",
        "speaker": "speaker|speakers|panelist|panelists|panellist|panellists|panel|presenter|presenters|guest speaker|"
        "guest speakers|expert|experts|our speakers|lecturer|lecturers|trainer|trainers|keynote speaker|"
        "keynote speakers|facilitators and speakers|invited speakers|presented by|resource person|resource persons|"
        "featured speakers|with|instructor|instructors|who is speaking|main speaker|speakers and panelists|speaker s",
        "facilitator": "facilitator|facilitators|moderator|moderators|facilitated by|moderated by|chaired by|chair|"
        "moderation|facilitation|chairperson|led by|session facilitator|session moderator|your moderator|"
        "your facilitator|facilitator s|moderator s|facilitating|moderating",
        "coordinator": "coordination team|coordination|coordinators|coordinator|local coordination team|"
        "project coordination team|project local coordination team|local coordinators|local coordinator|contacts|"
        "contact|contact persons|contact person|team|project team|coordinating team|local team|coordination contacts|"
        "organising team|organizing team|local project team|local coordinating team|coordinated by|contact us|"
        "project coordinators|project coordinator|for more information|for further information|for information|"
        "more information|program coordination team|programme coordination team|coordination team in belize|"
        "further information|project coordination|local coordination|program team|programme team",
        "host": "host|hosts|session host|co host|co hosts|technical host",
        "biographies": "bios|biographies|speakers bios|speaker bios|speakers biographies|speaker biographies|"
        "about speakers|about the speakers|biography of speakers|speakers bio|bios of speakers|bios of the speakers|"
        "biographies of speakers|biographies of the speakers|speaker profiles|speakers profiles|profiles|"
        "profiles of speakers|meet the speakers|who are the speakers|biographical notes|bio|bio notes|"
        "speaker biography|speaker bio|about our speakers|about the panelists|panelists bios|presenters bios|"
        "presenter bios|about the presenters|short bios|meet our speakers|biography|speaker information|"
        "brief biographies|short biographies|biographical sketches|profile|resumes|speakers biography",
        "links": "links shared|links|shared links|useful links|resources shared|links mentioned|related links|"
        "links shared in session|links shared during session|links shared during the session|further reading|"
        "links shared in the chat|web links|reference links|resources mentioned|links and resources|references|"
        "additional resources|additional links|links from the session|important links|websites mentioned|"
        "links shared in the session|see also|reading list|other links|websites|links shared by participants|"
        "links shared by speakers|helpful links",
        "social_media": "social media|social networks|follow us|follow the project|follow us on|"
        "follow us on social media|follow the project on social media|follow the project on social media at|"
        "social media channels|on social media|find us on|find us on social media|social|our social media|"
        "follow the program on social media|social media accounts|project social media|social media pages|connect with us",
        "materials": "materials|material|resources|downloads|session materials|files|documents|attachments|"
        "recordings and presentations|presentations and recordings|presentations and video|presentations and videos|"
        "slides and recording|webinar materials|presentation and video|materials and recording|handouts|"
        "recordings and slides|available materials|materials of the session|presentation and recording|"
        "slides and video|video and presentations",
        "presentation": "presentation|presentations|slides|slide deck|slide decks|powerpoint|powerpoints|slideshow|"
        "presentation slides|ppt|deck|powerpoint presentation|powerpoint presentations|slide presentation",
        "video": "video|videos|recording|recordings|video recording|webinar recording|session recording|"
        "watch recording|watch the recording|watch video|watch the video|recorded session|youtube|"
        "recording of session|recording of the session|recording of the webinar|video of the session|zoom recording",
        "captions": "captions|subtitles|closed captions",
        "transcript": "transcript|session transcript|transcription|full transcript",
        "chat": "chat|chat transcript|chat log|chat history|meeting chat|chat record|transcript of chat|"
        "transcript of the chat|chat messages|group chat|webinar chat|session chat|saved chat|zoom chat|"
        "chat box|chatbox|public chat|discussion in chat|discussion in the chat|messages|comments|chat transcription|"
        "chat conversation|chat room|chat saved|participants chat|live chat|conversation|chat text|chat comments",
        "position": "position|job title|role|designation|post|job|function|title and position|occupation",
        "affiliation": "affiliation|organisation|organization|institution|company|ministry|agency|employer|"
        "organisation institution|institution organisation|entity|office|department",
        "country": "country",
        "email": "email|e mail|mail|email address|e mail address",
    },
    "es": {
        "series": "serie|nombre de la serie|ciclo|serie de seminarios|serie de webinarios|parte de la serie|"
        "serie de seminarios web|serie de webinars|titulo de la serie|ciclo de webinarios|ciclo de seminarios",
        "program": "programa|nombre del programa|programa de webinarios|programa de seminarios",
        "project": "proyecto|en el marco del proyecto|nombre del proyecto|marco del proyecto|en el marco de|"
        "bajo el proyecto|dentro del marco del proyecto",
        "number": "numero|numero de sesion|sesion numero|numero de webinario|nro|num|n|numero de la sesion|no de sesion",
        "title": "titulo|titulo de la sesion|titulo del webinario|nombre de la sesion|nombre|sesion|webinario|"
        "seminario|seminario web|tema de la sesion|asunto|titulo del seminario|titulo del seminario web|tema|"
        "nombre del webinario|evento|titulo del evento|nombre del evento|tema del webinario",
        "date": "fecha|cuando|fecha y hora|dia|dia y hora|fecha de la sesion|fecha y horario|fecha de realizacion|"
        "fecha del webinario|fecha del evento|fecha hora|fecha de celebracion|programado para",
        "time": "hora|horario|horas|hora de la sesion|horario de la sesion|hora del evento|inicio y fin|desde hasta",
        "start": "inicio|comienza|comienzo|hora de inicio|empieza|desde|fecha de inicio|inicia|fecha y hora de inicio",
        "end": "fin|final|termina|hora de fin|hora final|hasta|fecha de fin|finaliza|hora de termino|"
        "hora de finalizacion|termino|finalizacion|cierre|hora de cierre|fecha y hora de fin",
        "duration": "duracion",
        "timezone": "zona horaria|huso horario|huso",
        "venue": "lugar|sede|donde|sala|lugar del evento|lugar de la sesion|ubicacion|recinto|sitio|lugar y sede|"
        "sede presencial|lugar de reunion|local|lugar de encuentro",
        "locality": "localidad|ciudad|pueblo|municipio|comunidad|villa|ciudad o pueblo",
        "district": "distrito|departamento distrito",
        "mode": "modalidad|modo|formato|forma de participacion|tipo de sesion|modalidad de participacion|"
        "modalidad de asistencia|como asistir|asistencia|formato de la sesion",
        "status": "estado|situacion|estatus|estado de la sesion",
        "audience": "publico|dirigido a|audiencia|destinatarios|participantes|publico objetivo|publico meta|"
        "dirigida a|para quien|a quien va dirigido|a quien esta dirigido|poblacion meta|publico destinatario",
        "language": "idioma|idiomas|lengua|lenguas|idioma de la sesion",
        "topics": "temas|areas de politica|areas tematicas|etiquetas|palabras clave|temas tratados|area tematica|"
        "areas de politica publica|ejes tematicos|tematicas",
        "address": "pagina publica|pagina web|pagina|direccion de la pagina|enlace publico|sitio web|publicado en|"
        "direccion web|enlace permanente|fuente|pagina oficial",
        "invented": "inventado|datos inventados|ficticio|inventada|datos de muestra|registro inventado",
        "organisers": "organizadores|organizador|organizado por|organizada por|implementado por|implementada por|"
        "ejecutado por|instituciones organizadoras|organizan|organiza|convoca|convocan|socios implementadores|"
        "ejecutada por|instituciones|implementan|implementa|entidades organizadoras|institucion organizadora|"
        "entidad organizadora|entidad ejecutora|convocado por|impartido por|ofrecido por",
        "funders": "financiadores|donantes|donante|financiado por|financiada por|con el apoyo de|apoyo|patrocinadores|"
        "patrocinado por|auspiciado por|auspician|financiamiento|con apoyo de|apoyan|apoya|auspicia|auspiciadores|"
        "con el apoyo financiero de|financiacion|cooperantes|con el financiamiento de|con el auspicio de",
        "introduction": "introduccion|descripcion|resumen|acerca de la sesion|sobre la sesion|presentacion de la sesion|"
        "sinopsis|descripcion de la sesion|acerca de|sobre el webinario|de que se trata|descripcion del webinario|"
        "acerca del webinario|descripcion general|sobre esta sesion|resumen de la sesion|breve descripcion",
        "objective": "objetivo|objetivos|proposito|meta|metas|finalidad|objetivo general|objetivos de la sesion|"
        "objetivo de la sesion|objetivos de aprendizaje|fin|propositos|objetivo del webinario|objetivo principal|"
        "objetivos especificos|objetivos generales|objetivos del webinario|proposito de la sesion",
        "rationale": "justificacion|fundamentacion|antecedentes|contexto|razon|fundamento|por que|fundamentos|"
        "motivacion|justificacion y antecedentes|antecedentes y justificacion|razon de ser|contexto y justificacion|"
        "antecedentes y contexto|por que esta sesion|razones|contexto y antecedentes",
        "certificate_rule": "certificado|certificados|certificacion|constancia|constancias|certificado de participacion|"
        "requisitos del certificado|certificado de finalizacion|constancia de participacion|diploma|"
        "requisitos para el certificado|regla del certificado",
        "speaker": "ponente|ponentes|expositor|expositores|expositora|expositoras|panelista|panelistas|orador|oradores|"
        "oradora|oradoras|conferencista|conferencistas|presentador|presentadores|presentadora|disertantes|expertos|"
        "experto|experta|invitados|nuestros ponentes|conferenciante|conferenciantes|capacitador|capacitadores|"
        "disertante|presentado por|ponentes invitados|invitado|invitada|exponente|exponentes|instructores|ponencia|"
        "oradores invitados|quienes exponen|a cargo de|expositores invitados|relatores|nuestros expositores",
        "facilitator": "facilitador|facilitadora|facilitadores|moderador|moderadora|moderadores|facilitado por|"
        "facilitada por|moderado por|moderada por|modera|facilita|moderan|facilitan|moderacion|conduce|facilitacion|"
        "conducido por|dirige|a cargo de la moderacion|moderadoras|facilitadoras|dirigido por|conduccion",
        "coordinator": "equipo de coordinacion|coordinacion|coordinadores|coordinadora|coordinador|coordinadoras|"
        "equipo local de coordinacion|equipo de coordinacion local|contacto|contactos|equipo coordinador|"
        "coordinacion local|equipo del proyecto|equipo de coordinacion del proyecto|personas de contacto|equipo|"
        "equipo local|persona de contacto|equipo local de coordinacion del proyecto|para mas informacion|"
        "equipo de coordinacion local del proyecto|mas informacion|coordinado por|coordinan|coordina|contactenos|"
        "coordinacion del proyecto|equipo organizador|coordinacion local del proyecto|informes|"
        "equipo coordinador local|contacto para informacion",
        "host": "anfitrion|anfitriona|anfitriones|anfitrionas",
        "biographies": "biografias|biografia|semblanzas|semblanza|perfiles|biografias de los ponentes|"
        "sobre los ponentes|acerca de los ponentes|perfil de los ponentes|biografias de ponentes|resenas biograficas|"
        "conozca a los ponentes|biografias de los expositores|sobre los expositores|resena biografica|"
        "acerca de los expositores|semblanzas de los ponentes|perfiles de los ponentes|hojas de vida|"
        "biografias de los oradores|perfil|biografias de los panelistas|quienes son los ponentes|trayectoria|"
        "notas biograficas|breves biografias|resena|semblanzas de los expositores|sobre los panelistas",
        "links": "enlaces compartidos|enlaces|enlaces utiles|vinculos|ligas|links compartidos|enlaces de interes|"
        "enlaces mencionados|vinculos compartidos|referencias|enlaces relacionados|recursos compartidos|ligas de interes|"
        "enlaces compartidos durante la sesion|enlaces compartidos en la sesion|otros enlaces|sitios de interes|"
        "enlaces compartidos en el chat|recursos adicionales|para saber mas|vinculos de interes|ver tambien|lecturas",
        "social_media": "redes sociales|siganos|siguenos|siga al proyecto|siganos en|siguenos en|redes|"
        "siga el proyecto en redes sociales|siga al proyecto en redes sociales|siga el proyecto|"
        "siganos en redes sociales|siguenos en redes sociales|siga el proyecto en las redes sociales|"
        "siga al proyecto en las redes sociales|encuentrenos en|en redes sociales|en las redes sociales|nuestras redes|"
        "nuestras redes sociales|siga al programa en redes sociales",
        "materials": "materiales|material|recursos|descargas|documentos|materiales de la sesion|archivos|"
        "presentaciones y video|presentaciones y grabacion|material de la sesion|presentaciones y videos|"
        "grabacion y presentaciones|materiales y grabacion|presentacion y video|material de apoyo|"
        "materiales del webinario|archivos adjuntos|adjuntos|presentacion y grabacion|materiales disponibles",
        "presentation": "presentacion|presentaciones|diapositivas|laminas|filminas|presentacion powerpoint",
        "video": "grabacion|grabaciones|vea la grabacion|ver grabacion|grabacion de la sesion|ver video|vea el video|"
        "ver la grabacion|ver el video|grabacion del webinario|video de la sesion|grabacion en video|video grabado",
        "captions": "subtitulos",
        "transcript": "transcripcion|transcripcion de la sesion",
        "chat": "transcripcion del chat|conversacion|conversacion del chat|registro del chat|historial del chat|"
        "mensajes|mensajes del chat|chat de la sesion|chat del webinario|comentarios|chat publico|charla|"
        "chat de la reunion|conversacion en el chat|historial de chat|registro de chat|transcripcion de chat|"
        "texto del chat|chat en vivo|comentarios del chat|preguntas y comentarios del chat|chat guardado|"
        "sala de chat|mensajes de chat",
        "position": "cargo|puesto|funcion|ocupacion|rol",
        "affiliation": "institucion|afiliacion|organizacion|entidad|organismo|empresa|ministerio|dependencia|"
        "institucion organizacion|organizacion institucion",
        "country": "pais",
        "email": "correo|correo electronico|e mail|email|mail",
    },
}

# In what the vocabulary does not have word by word, these decide; the first that fits.
_KEYWORDS: tuple[tuple[str, str], ...] = (
    ("chat", r"\bchat\b"),
    ("biographies", r"\b(?:bios?|biogra\w+|semblanzas?|(?:about|meet|sobre|acerca de|conozca) .*(?:speakers?|panell?ists?|presenters?|ponentes|expositores|panelistas|oradores))\b"),
    ("social_media", r"\b(?:social (?:media|networks?)|redes sociales)\b"),
    ("coordinator", r"\b(?:coordinat\w+|coordinacion|coordinador\w*)\b"),
    ("certificate_rule", r"\b(?:certificat\w+|certificados?|constancias?)\b"),
    ("links", r"\b(?:links?|enlaces?|vinculos?)\b"),
    ("video", r"\b(?:recordings?|video|grabacion(?:es)?)\b"),
    ("presentation", r"\b(?:presentations|slides|presentaciones|diapositivas)\b"),
    ("materials", r"\b(?:materials|materiales)\b"),
    ("facilitator", r"\b(?:facilitators?|moderators?|facilitador\w*|moderador\w*)\b"),
    ("speaker", r"\b(?:speakers?|panell?ists?|presenters?|ponentes?|expositores|panelistas?|oradores)\b"),
    ("objective", r"\b(?:objectives?|objetivos?)\b"),
    ("rationale", r"\b(?:rationale|justificacion|antecedentes|background)\b"),
)  # fmt: skip
_KEYWORDS_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _KEYWORDS)

# Said of a part without a sign that it is a label, these words are more often something else: a job, a place, a link.
_NEEDS_SIGN = frozenset(
    ["presentation", "presentations", "slides", "powerpoint", "deck", "video", "videos", "recording", "recordings", "transcript", "name", "host", "hosts", "moderator", "facilitator", "coordinator", "speaker", "presenter", "expert", "team", "contact", "with", "from", "to", "start", "end", "page", "url", "source", "participants", "online", "session", "webinar", "event", "theme", "subject", "no", "n", "post", "job", "function", "office", "department", "agency", "ministry", "company", "country", "mail", "site", "room", "building", "city", "town", "state", "status", "support", "why", "reason", "context", "partners", "institution", "grabacion", "presentacion", "presentaciones", "diapositivas", "sesion", "webinario", "seminario", "evento", "tema", "nombre", "ponente", "moderador", "moderadora", "facilitador", "facilitadora", "coordinador", "coordinadora", "experto", "experta", "invitado", "equipo", "contacto", "inicio", "fin", "apoyo", "fuente", "sala", "local", "ciudad", "pueblo", "pais", "correo", "cargo", "puesto", "funcion", "institucion", "organizacion", "entidad", "empresa", "ministerio", "estado", "modo", "meta", "razon", "dirige", "modera", "facilita", "conduce", "convoca", "organiza", "coordina", "messages", "comments", "mensajes", "comentarios", "charla", "conversation", "conversacion", "bio", "perfil", "profile", "profiles", "role", "rol", "position", "files", "social", "redes", "youtube", "areas", "until", "day", "dia", "hour", "hora", "area", "framework", "basis", "chair", "panel", "areas", "training", "hosted"]
)
# A statement begins with these and runs on without a sign: "Facilitated by Ana Sample, ...".
_STATEMENTS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (language, name, re.compile(pattern, re.IGNORECASE))
    for language, name, pattern in (
        ("en", "facilitator", r"(?:(?:the )?(?:session|webinar|event) )?(?:is |was |will be )?(?:facilitated|moderated|chaired) by\b\s*:?"),
        ("es", "facilitator", r"(?:(?:la )?sesi[oó]n )?(?:es |fue |ser[aá] )?(?:facilitad|moderad|conducid)[oa]s? por\b\s*:?|(?:modera|facilita|conduce)n?\b(?!\w)\s*:?"),
        ("en", "organisers", r"(?:implemented|organi[sz]ed|convened|executed|delivered) by\b\s*:?"),
        ("es", "organisers", r"(?:implementad|organizad|ejecutad|convocad)[oa]s? por\b\s*:?"),
        ("en", "funders", r"(?:funded|financed|sponsored|supported) by\b\s*:?|with (?:the )?(?:kind |generous |financial )*(?:support|funding|sponsorship) (?:of|from|by)\b\s*:?"),
        ("es", "funders", r"(?:financiad|patrocinad|auspiciad)[oa]s? por\b\s*:?|con (?:el )?(?:apoyo|financiamiento|auspicio|patrocinio)(?: financiero)? de(?=l?\b)\s*:?"),
        ("en", "coordinator", r"(?:locally )?coordinated by\b\s*:?"),
        ("es", "coordinator", r"coordinad[oa]s? por\b\s*:?"),
        ("en", "speaker", r"(?:presented|speakers? will be)\s+by\b\s*:?"),
        ("es", "speaker", r"(?:presentad[oa]|impartid[oa]) por\b\s*:?"),
        ("en", "project", r"(?:in|within|under) the (?:framework|frame|context) of (?:the )?project\b\s*:?"),
        ("es", "project", r"en el marco del? (?:proyecto)\b\s*:?"),
    )
)  # fmt: skip
_STATEMENT_START = re.compile(
    r"(?:(?:the|la|session|webinar|sesi[oó]n|event|is|was|will|be|es|fue|ser[aá]|locally|speakers?)\s+){0,5}"
    r"(?:\w+(?:ed|ad[oa]s?|id[oa]s?) (?:by|por)\b|be by|modera|facilita|conduce|with\b|con\b|in\b|within\b|under\b|en el marco)",
    re.IGNORECASE,
)
_FOLLOW = re.compile(r"(?:follow|find) (?:us|the|our|this)\b|(?:s[ií]g(?:a|ue)(?:nos)?|encu[eé]ntrenos)\b", re.IGNORECASE)
_SIGN = re.compile(r"\s*[:：]\s*|\s{3,}|\s+[–—-]+\s+|\s*[|=\t]\s*|\s*[–—]\s*")
_LONGEST_LABEL = 70
_MOST_LABEL_WORDS = 10


@dataclass(frozen=True)
class Match:
    """A label found: the part that it opens, what stands behind it on the line, the label's language, its strength.

    ``sign`` says that colon, heading, bold type or layout mark it as a label; ``known`` that the vocabulary has it
    word by word.
    """

    name: str
    rest: Block
    language: str
    sign: bool
    known: bool


def _index() -> dict[str, tuple[str, str]]:
    wordings: dict[str, tuple[str, str]] = {}
    for language, names in WORDINGS.items():
        for name, listed in names.items():
            for wording in listed.split("|"):
                wordings.setdefault(wording, (name, language))
    return wordings


_INDEX = _index()


def lookup(text: str) -> tuple[str, str] | None:
    """Return part and language of a wording, with or without an article or a number, or None."""
    folded = fold(re.sub(r"\([^()]{0,40}\)\s*$", "", text) if text.endswith(")") else text)
    if not folded or folded.count(" ") > _MOST_LABEL_WORDS:
        return None
    first, _, others = folded.partition(" ")
    found = _INDEX.get(folded) or (_INDEX.get(others) if first in _LEADS else None)
    if found:
        return found
    before, _, last = folded.rpartition(" ")
    if last.isdigit() and len(last) < 3 and (found := _INDEX.get(before)) and found[0] in _NUMBERED:
        return found
    return None


_LEADS = frozenset(("the", "el", "la", "los", "las", "our", "project", "session", "webinar"))
_NUMBERED = frozenset(("speaker", "presentation", "video", "facilitator", "host", "coordinator", "links", "materials"))


def match(block: Block) -> Match | None:
    """Return the label with which a line begins, or None."""
    if block.term:
        found = lookup(block.term) or _by_keyword(block.term)
        return Match(found[0], block, found[1], sign=True, known=True) if found else None
    text = block.text
    if not text:
        return None
    return _whole(block, text) or _with_sign(block, text) or _bold_start(block) or _statement(block, text)


def _whole(block: Block, text: str) -> Match | None:
    """The line is a label and nothing else."""
    if len(text) > _LONGEST_LABEL or block.links:
        return None
    bare = text.rstrip(" :：.?–—-*")
    sign = block.kind == "heading" or block.bold or text.rstrip().endswith((":", "：", ":-"))
    sign = sign or (text.isupper() and block.starts and len(bare) > 3)
    if found := lookup(bare):
        if sign or (fold(bare) not in _NEEDS_SIGN and block.kind != "item"):
            return Match(found[0], block.after(len(text)), found[1], sign, known=True)
        return None
    if sign and len(bare.split()) <= 9 and (found := _by_keyword(bare)):
        return Match(found[0], block.after(len(text)), found[1], sign, known=False)
    if _FOLLOW.match(text) and sign:
        return Match("social_media", block.after(len(text)), "es" if text[:1] in "sSeE" else "en", sign, known=False)
    return None


def _with_sign(block: Block, text: str) -> Match | None:
    """The line is a label, a sign and a value."""
    for sign in _SIGN.finditer(text[: _LONGEST_LABEL + 3]):
        if not text[: sign.start()].strip() or text.startswith("//", sign.end()):
            continue
        prefix = text[: sign.start()].strip(" *_#>")
        found = lookup(prefix)
        colon = sign[0].strip() in ("", ":", "：", "|", "=")
        if found and (colon or fold(prefix) not in _NEEDS_SIGN):
            return Match(found[0], block.after(sign.end()), found[1], colon, known=True)
        if colon and not found and len(prefix.split()) <= 8 and _FOLLOW.match(prefix):
            return Match("social_media", block.after(sign.end()), "en", sign=True, known=False)
        if colon and not found and len(prefix.split()) <= 7 and (found := _by_keyword(prefix)) and found[0] in _OPENING:
            return Match(found[0], block.after(sign.end()), found[1], sign=True, known=False)
        if sign[0].strip() in (":", "："):
            return None
    return None


# Parts that may begin on the line of a label that the vocabulary has by its keyword only.
_OPENING = frozenset(("chat", "biographies", "social_media", "coordinator", "links"))


def _bold_start(block: Block) -> Match | None:
    """Bold type marks the label, and no sign is needed."""
    start = block.bold_start
    if not start or start == block.text or len(start) > _LONGEST_LABEL:
        return None
    found = lookup(start.rstrip(" :.?–—-"))
    if not found:
        return None
    rest = block.after(len(start))
    return Match(found[0], rest.after(len(rest.text) - len(rest.text.lstrip(" :–—-"))), found[1], True, known=True)


def _statement(block: Block, text: str) -> Match | None:
    # Two words at least, and one of them a preposition or a verb that few lines begin with.
    if not _STATEMENT_START.match(text):
        return None
    for language, name, pattern in _STATEMENTS:
        if (found := pattern.match(text)) and text[found.end() :].strip():
            return Match(name, block.after(found.end()), language, sign=False, known=True)
    return None


def _by_keyword(text: str) -> tuple[str, str] | None:
    folded = fold(text)
    for name, pattern in _KEYWORDS_COMPILED:
        if pattern.search(folded):
            return name, "es" if _SPANISH_HINT.search(folded) else "en"
    return None


_SPANISH_HINT = re.compile(
    r"\b(?:de|del|la|los|las|el|y|sobre|redes|enlaces?|vinculos?|grabacion|presentaciones|ponentes?|materiales"
    r"|coordinacion|objetivos?|semblanzas?|biografias?)\b"
)
