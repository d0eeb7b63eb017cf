# Sourced by the scripts in this folder, from the root of the repository: creates a virtual environment with the
# packages of requirements.txt in target/peers and sets $work to that folder.
work=target/peers
mkdir -p "$work"
if [ ! -x "$work/env/bin/python" ]; then
  python3 -m venv "$work/env"
  "$work/env/bin/pip" install --quiet -r benches/peers/requirements.txt
fi
