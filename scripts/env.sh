# Sourced by the scripts beside it: makes .venv with the pinned versions when it is missing or out of
# date, and leaves $python pointing into it. Nothing is installed twice.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
venv="$root/.venv"
python="$venv/bin/python"

say() { printf 'kaoju: %s\n' "$*" >&2; }

find_python() {
    for candidate in ${KAOJU_PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    say 'Python 3.11, 3.12 or 3.13 with venv is needed and was not found: install one, or name it in KAOJU_PYTHON.'
    exit 1
}

# $1: which dependencies, "run" or "dev".
ensure() {
    wanted="$1 $(cat pyproject.toml constraints.txt | cksum) $root"
    stamp="$venv/kaoju-$1.stamp"
    if [ -x "$python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    found=$(find_python)
    if ! "$python" -c 'pass' 2>/dev/null; then
        say "making the environment .venv with $found"
        rm -rf "$venv"
        "$found" -m venv "$venv"
    fi
    rm -f "$stamp"
    say 'installing the pinned versions (the first time this takes some minutes)'
    extra=''
    [ "$1" = dev ] && extra='[dev]'
    if ! "$python" -m pip install --disable-pip-version-check --quiet --progress-bar off \
        -c constraints.txt 'torch==2.13.0' -e ".$extra" >"$venv/install.log" 2>&1; then
        grep -v 'Location .* is ignored' "$venv/install.log" | tail -20 >&2
        say "the installation failed; the whole log is $venv/install.log. Mend the cause and run this again."
        exit 1
    fi
    printf '%s\n' "$wanted" >"$stamp"
    # What tests need holds for running as well.
    [ "$1" = dev ] && printf '%s\n' "run${wanted#dev}" >"$venv/kaoju-run.stamp"
    say 'installed'
}
