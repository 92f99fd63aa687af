#!/bin/sh
# Puts the program in a folder of its own, ready to run: its code, its Python environment, all of it compiled beforehand.
# The Dockerfile, docs/uitrollen.md and a test run this same script. Run it again for a new version.
#
#   sh deploy/zet_klaar.sh [FOLDER]      FOLDER: /opt/wwz when it is not given
#   WWZ_VENV=…                           use this Python environment in place of making one
set -eu
source=$(cd "$(dirname "$0")/.." && pwd)
target=${1:-/opt/wwz}

mkdir -p "$target"
if [ -n "${WWZ_VENV:-}" ]; then
    ln -sfn "$WWZ_VENV" "$target/venv"
elif ! cmp -s "$source/requirements.txt" "$target/venv/requirements.txt"; then
    # Made beside the one in use: who runs the dashboard meanwhile keeps what it has.
    rm -rf "$target/venv.nieuw"
    python3 -m venv --without-pip "$target/venv.nieuw"
    python3 -m pip --python "$target/venv.nieuw/bin/python" install --quiet --disable-pip-version-check \
        --no-cache-dir -r "$source/requirements.txt"
    cp "$source/requirements.txt" "$target/venv.nieuw/"
    rm -rf "$target/venv"
    mv "$target/venv.nieuw" "$target/venv"
fi

rm -rf "$target/app.nieuw"
mkdir "$target/app.nieuw"
for part in app.py pages wwz docs .streamlit config.toml; do
    cp -R "$source/$part" "$target/app.nieuw/"
done
# Own settings and secrets belong in /etc/wwz and /opt/wwz/secrets.toml, not between what a new version replaces.
find "$target/app.nieuw" -name __pycache__ -type d -prune -exec rm -rf {} +
rm -f "$target/app.nieuw/.streamlit/secrets.toml"
if [ -f "$target/secrets.toml" ]; then ln -s ../../secrets.toml "$target/app.nieuw/.streamlit/secrets.toml"; fi
mkdir "$target/app.nieuw/static" "$target/app.nieuw/data"
"$target/venv/bin/python" -m compileall -q "$target/app.nieuw/wwz" "$target/app.nieuw/pages" "$target/app.nieuw/app.py"
rm -rf "$target/app"
mv "$target/app.nieuw" "$target/app"
echo "De WWZ-wijzer staat klaar in $target."
