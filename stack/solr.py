"""Solr of our own: its libraries from Maven Central, and a home with CKAN's schema."""

from __future__ import annotations

import http.client
import importlib.resources
import shutil
import subprocess
from pathlib import Path

from . import files
from .errors import StackError
from .settings import ROOT, Settings

SOURCES = ROOT / "stack" / "solr"
# The portal and the tests use the same libraries.
LIBRARIES = ROOT / ".portal" / "solr-libraries"


def libraries_are_there() -> bool:
    """Say whether the libraries are those that pom.xml asks for."""
    stamp = LIBRARIES / "fingerprint"
    return stamp.exists() and stamp.read_text() == wanted()


def wanted() -> str:
    """Return the fingerprint of what the libraries are made from."""
    return files.fingerprint([SOURCES / "pom.xml", SOURCES / "SolrServer.java"])


def fetch_libraries(settings: Settings) -> None:
    """Fetch the libraries and compile the server; what an interruption left half made is made anew."""
    with files.locked(
        LIBRARIES.with_name("solr-libraries.lock"), "Waiting for Solr's libraries, fetched elsewhere"
    ):
        if libraries_are_there():
            return
        half = LIBRARIES.with_name("solr-libraries.half")
        shutil.rmtree(half, ignore_errors=True)
        log = settings.logs / "solr-libraries.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        run(["mvn", "-q", "-B", "-f", str(SOURCES / "pom.xml"), "dependency:copy-dependencies",
             "-DincludeScope=runtime", f"-DoutputDirectory={half}"], log)  # fmt: skip
        run(["javac", "-cp", f"{half}/*", "-d", str(half / "classes"), str(SOURCES / "SolrServer.java")], log)
        (half / "fingerprint").write_text(wanted())
        shutil.rmtree(LIBRARIES, ignore_errors=True)
        half.rename(LIBRARIES)


def run(command: list[str], log: Path) -> None:
    """Run one command, with its output in a log file."""
    with log.open("w") as output:
        try:
            done = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        except FileNotFoundError as error:
            raise StackError(
                f"{command[0]} is missing. Install it: apt-get install maven default-jdk-headless"
            ) from error
    if done.returncode:
        if "No space left" in log.read_text(errors="replace"):
            raise OSError(28, "No space left on device", str(LIBRARIES))
        raise StackError(
            f"Solr's libraries could not be fetched from Maven Central. The reason is at the end of {log}; "
            "mostly the network. Run the same command again to carry on."
        )


def lucene_version() -> str:
    """Return the version of the Lucene library that pom.xml brought."""
    core = next(LIBRARIES.glob("lucene-core-*.jar"))
    return core.stem.removeprefix("lucene-core-")


def write_home(settings: Settings) -> None:
    """Put Solr's home together."""
    home = settings.state / "solr"
    schema = importlib.resources.files("ckan").joinpath("config/solr/schema.xml").read_text()
    rules = (SOURCES / "conf" / "solrconfig.xml").read_text().replace("LUCENE_VERSION", lucene_version())
    texts = {
        "solr.xml": "<solr/>\n",
        "log4j2.xml": (SOURCES / "log4j2.xml").read_text(),
        "ckan/core.properties": "name=ckan\n",
        "ckan/conf/schema.xml": schema,
        "ckan/conf/solrconfig.xml": rules,
        # Named by CKAN's schema; a portal may add words of its own.
        "ckan/conf/protwords.txt": "",
        "ckan/conf/synonyms.txt": "",
    }
    for name, text in texts.items():
        files.write(home / name, text)
    # Earlier versions kept a log of updates, which nothing reads any more.
    shutil.rmtree(home / "ckan/data/tlog", ignore_errors=True)


def command(settings: Settings, port: int) -> list[str]:
    """Return the server's command line."""
    home = settings.state / "solr"
    return [
        "java",
        f"-Xmx{settings.chosen['PORTAL_SOLR_MEMORY']}",
        "-XX:+UseSerialGC",
        # Java's second compiler costs more than it gains on a portal: see docs/decisions.md.
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        f"-Dsolr.solr.home={home}",
        f"-Dsolr.log.dir={settings.logs}",
        f"-Dlog4j2.configurationFile={home}/log4j2.xml",
        "-cp",
        f"{LIBRARIES}/classes:{LIBRARIES}/*",
        "SolrServer",
        str(port),
    ]


def url(port: int) -> str:
    """Return the address of CKAN's index."""
    return f"http://127.0.0.1:{port}/solr/ckan"


def answers(port: int) -> bool:
    """Say whether the index is ready."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/solr/ckan/admin/ping")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
