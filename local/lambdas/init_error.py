"""The report of an import that failed, as text for people."""

import json


def init_error_text(payload: bytes) -> str:
    """Return the traceback and message of the runtime client's report, or the report itself."""
    try:
        report = json.loads(payload)
    except ValueError:
        return payload.decode("utf-8", "replace")
    trace = "".join(report.get("stackTrace") or [])
    return f"{trace}{report.get('errorType')}: {report.get('errorMessage')}"
