# Sourced by the scripts beside it, from the root: makes a virtual environment with the peers of requirements.txt in
# target/peers and gives that folder as $work.
work=target/peers
mkdir -p "$work"
if [ ! -x "$work/env/bin/python" ]; then
  python3 -m venv "$work/env"
  "$work/env/bin/pip" install --quiet -r benches/peers/requirements.txt
fi
