"""What a manifest says of its files and scores."""
import hashlib
import json
from pathlib import Path

MODELS = Path(__file__).parents[3]


Scores = dict[str, float]


def record(model: str, before: Scores | None = None, after: Scores | None = None) -> None:
    """Brings sizes and hashes of `models/MODEL/model.json` up to date with the files beside it; and, where they were
    measured, the scores `before` and `after` weights became int8, the latter being what ships.
    """
    manifest_file = MODELS / model / "model.json"
    manifest = json.loads(manifest_file.read_text())
    for entry in manifest["files"].values():
        content = (manifest_file.parent / entry["path"]).read_bytes()
        entry |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    if after is not None:
        manifest["scores"] = after
        note(model, "float", before or {})
        note(model, "int8", after)
    manifest_file.write_text(json.dumps(manifest, indent=2) + "\n")


def note(model: str, column: str, scores: Scores) -> None:
    """Puts scores into a column of `models/MODEL/evaluation.json`, which its card shows."""
    file = MODELS / model / "evaluation.json"
    columns = json.loads(file.read_text()) if file.exists() else {}
    file.write_text(json.dumps(columns | {column: scores}, indent=2) + "\n")
