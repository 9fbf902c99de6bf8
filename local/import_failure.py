"""Why an application cannot be imported, in one sentence with the line at which it fails."""

import json
import re
from pathlib import Path

from local.package import origin

_LONGEST = 600
_FRAME = re.compile(r'File "(?P<file>[^"]+)", line (?P<line>\d+)[^\n]*(?:\n\s*(?P<code>[^\n]*))?')
# Of the runtime client: "Unable to import module 'app': No module named 'x'".
_NOT_FOUND = ("ModuleNotFoundError", "No module named")


def import_sentence(app: Path, *, file: str, line: int, code: str, error: str) -> str:
    """Put the sentence together.

    Parameters
    ----------
    file
        Where it fails, relative to the package; empty if nobody knows.
    code
        The line itself; may be empty.
    error
        Type and message of the exception.
    """
    where = f"{origin(app, file)}, line {line}," if file else f"{app}/app.py"
    what = f" `{code}`," if code else ""
    sentence = f"{where}{what} fails when the application is imported: {_shortened(error)}"
    if any(mark in error for mark in _NOT_FOUND) and "beside app.py" not in error:
        requirements = app / "requirements.txt"
        sentence += f". Functions have the standard library, boto3 and what {requirements} names"
    return sentence


def init_error_sentence(app: Path, task_root: Path, payload: bytes) -> str:
    """Return the sentence for the report that the runtime client makes of a failed initialisation."""
    try:
        report = json.loads(payload)
    except ValueError:
        return _shortened(" ".join(payload.decode("utf-8", "replace").split()))
    error = " ".join(f"{report.get('errorType')}: {report.get('errorMessage')}".split())
    own = [
        found
        for found in _FRAME.finditer("\n".join(report.get("stackTrace") or []))
        if found["file"].startswith(f"{task_root}/")
    ]
    if not own:
        return import_sentence(app, file="", line=0, code="", error=error)
    last = own[-1]
    file = str(Path(last["file"]).relative_to(task_root))
    return import_sentence(app, file=file, line=int(last["line"]), code=last["code"] or "", error=error)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
