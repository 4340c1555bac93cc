# Sourced by bin/portal, bin/test and .ci/run: Debian's packages and the virtual environment.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
made="$root/.portal"
venv="$made/venv"
logs="$made/logs"
system_python=/usr/bin/python3

fail() {
    printf '\n%s\n' "$1" >&2
    exit 1
}

# What the log of a failed step says about the disk, or else the given sentence.
fail_with_log() { # log sentence
    if grep -qi 'no space left\|disk quota exceeded' "$1" 2>/dev/null; then
        fail "The disk is full. Free some space and run the same command again; it carries on."
    fi
    fail "$2 The reason is at the end of $1. Run the same command again to carry on."
}

has() { command -v "$1" >/dev/null 2>&1; }

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
makes_environments() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }
has_headers() {
    "$1" -c 'import os, sys, sysconfig
sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' >/dev/null 2>&1
}

# The system's Python where it lacks nothing: Debian builds it to be fast and keeps it safe, and it outlives one that
# somebody put in the PATH. Else the first that is new enough: an older one may come first in the PATH.
find_python() {
    local candidate
    for candidate in "$system_python" python3; do
        if is_new_enough "$candidate" && makes_environments "$candidate" && has_headers "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    for candidate in python3 "$system_python"; do
        if is_new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
}

# Prints the Debian packages that are missing. Arguments: more "command:package" pairs that are needed.
missing_packages() {
    local python pair
    python=$(find_python)
    if [ -z "$python" ]; then
        echo python3 python3-venv python3-dev
    else
        makes_environments "$python" || echo python3-venv
        has_headers "$python" || echo python3-dev
    fi
    # A compiler may be there without the C library's headers, and pg_config without those of libpq.
    { has gcc && [ -e /usr/include/stdio.h ]; } || echo build-essential
    [ -e "$(pg_config --includedir 2>/dev/null)/libpq-fe.h" ] || echo libpq-dev
    ls /usr/lib/*/libmagic.so.1 >/dev/null 2>&1 || echo libmagic1
    # Certificates: what WeasyPrint draws with, and letters for names of any script.
    ls /usr/lib/*/libpangoft2-1.0.so.0 >/dev/null 2>&1 || echo libpangoft2-1.0-0
    ls /usr/lib/*/libharfbuzz-subset.so.0 >/dev/null 2>&1 || echo libharfbuzz-subset0
    [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || echo fonts-dejavu-core
    [ -e /usr/share/fonts/truetype/noto/NotoSansDevanagari-Regular.ttf ] || echo fonts-noto-core
    [ -e /usr/share/fonts/truetype/wqy/wqy-microhei.ttc ] || echo fonts-wqy-microhei
    if [ -z "${CKAN_SQLALCHEMY_URL:-}" ]; then
        ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo postgresql
    fi
    if [ -z "${CKAN_REDIS_URL:-}" ]; then
        has redis-server || echo redis-server
    fi
    if [ -z "${CKAN_SOLR_URL:-}" ]; then
        has javac || echo default-jdk-headless
        has mvn || echo maven
    fi
    for pair in "$@"; do
        has "${pair%%:*}" || echo "${pair##*:}"
    done
}

install_packages() { # command:package ...
    local missing log="$logs/apt.log" run=() started=$SECONDS
    missing=$(missing_packages "$@" | tr ' \n' '  ')
    missing=${missing% }
    [ -z "$missing" ] && return
    has apt-get || fail "These are missing, and there is no apt-get to install them: $missing. Install them yourself and run again."
    if [ "$(id -u)" != 0 ]; then
        # `sudo -v` asks even where some commands need no password. It asks on the terminal, whatever becomes of
        # its messages.
        { has sudo && { sudo -n true || sudo -v; } 2>/dev/null; } ||
            fail "Debian packages are missing, and this user may not install them. Ask an administrator to run this, and then run the same command again: apt-get install $missing"
        run=(sudo)
    fi
    printf '  Debian packages: %s ...' "$missing"
    # shellcheck disable=SC2086  # a list of names
    if ! { "${run[@]}" apt-get update -q && "${run[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends $missing; } >"$log" 2>&1; then
        echo ' not done'
        fail_with_log "$log" "Debian's packages could not be installed."
    fi
    printf ' %s s\n' "$((SECONDS - started))"
}

# Installs this clone, with the given extras, into its virtual environment; again when what it needs has changed.
install_python() { # extras
    local extras=$1 python log="$logs/pip.log" started=$SECONDS
    local stamp="$venv/installed-$extras" wanted
    # Without the mark of a finished installation it is a half one. It also cannot follow its clone elsewhere,
    # nor outlive the Python that it was made with.
    if ! ls "$venv"/installed-* >/dev/null 2>&1 || [ "$(cat "$venv/place" 2>/dev/null)" != "$root" ] ||
        ! "$venv/bin/python" -c '' >/dev/null 2>&1; then
        rm -rf "$venv"
    fi
    wanted=$(cat "$root/pyproject.toml" "$root/setup.py" | sha256sum)
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return
    printf '  Python packages (%s) ...' "$extras"
    if [ ! -d "$venv" ]; then
        python=$(find_python)
        if ! "$python" -m venv "$venv" >"$log" 2>&1; then
            echo ' not done'
            fail_with_log "$log" "The virtual environment could not be made."
        fi
        echo "$root" >"$venv/place"
    fi
    if ! "$venv/bin/python" -m pip install --disable-pip-version-check --no-input -e "$root[$extras]" >"$log" 2>&1; then
        echo ' not done'
        fail_with_log "$log" "Python's packages could not be installed."
    fi
    echo "$wanted" >"$stamp.half" && mv "$stamp.half" "$stamp"
    printf ' %s s\n' "$((SECONDS - started))"
}

prepare() { # extras command:package ...
    local extras=$1
    shift
    if ! mkdir -p "$logs" 2>/dev/null || ! : 2>/dev/null >"$made/prepare.lock"; then
        fail "The folder $made cannot be written: the disk is full, or the clone belongs to another user."
    fi
    chmod 700 "$made"
    # Two commands of one clone install one after the other. The lock is not handed on to what comes after.
    exec 9>"$made/prepare.lock"
    if ! flock -n 9; then
        echo "Another command of this clone is installing; waiting for it."
        flock 9
    fi
    install_packages "$@"
    install_python "$extras"
    exec 9>&-
}

trap 'printf "\nInterrupted. The same command carries on where it was.\n" >&2; exit 130' INT TERM HUP
