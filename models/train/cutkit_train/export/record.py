"""What a manifest says of its files and scores."""
import hashlib
import json
from pathlib import Path

MODELS = Path(__file__).parents[3]


def record(model: str, scores: dict[str, float] | None = None) -> None:
    """Brings sizes, hashes and, where given, scores of `models/MODEL/model.json` up to date with the files beside it."""
    manifest_file = MODELS / model / "model.json"
    manifest = json.loads(manifest_file.read_text())
    for entry in manifest["files"].values():
        content = (manifest_file.parent / entry["path"]).read_bytes()
        entry |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    if scores is not None:
        manifest["scores"] = scores
    manifest_file.write_text(json.dumps(manifest, indent=2) + "\n")
