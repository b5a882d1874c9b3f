#!/usr/bin/env bash
# Tests the training code where PyTorch can be had; says so and passes where it cannot.
#   check.sh [REPORT.json]
set -uo pipefail
report=${1:-}
case $report in '' | /*) ;; *) report=$PWD/$report ;; esac
cd "$(dirname "$0")"
python=${CUTKIT_PYTHON:-.venv/bin/python}
if ! "$python" -c 'import torch, onnx, onnxruntime, onnxscript, pytest' 2>/dev/null; then
  python3 -m venv .venv && timeout 600 .venv/bin/pip install -q --retries 0 -r requirements.txt 2>/dev/null
  python=.venv/bin/python
fi
if ! "$python" -c 'import torch, onnx, onnxruntime, onnxscript, pytest' 2>/dev/null; then
  echo 'skipped: PyTorch and its companions cannot be installed here'
  exit 0
fi
"$python" -W ignore -m pytest -q tests --junitxml=junit.xml
status=$?
if [ -n "$report" ]; then
  "$python" - "$report" <<'PY'
import json, sys
from xml.etree import ElementTree
suite = ElementTree.parse("junit.xml").getroot().find("testsuite")
count = lambda name: int(suite.get(name))
failed = count("failures") + count("errors")
passed = count("tests") - failed - count("skipped")
json.dump({"numPassedTests": passed, "numFailedTests": failed, "numPendingTests": count("skipped")}, open(sys.argv[1], "w"))
PY
fi
exit $status
