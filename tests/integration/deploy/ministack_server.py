"""MiniStack as a program whose functions become active after 50 ms, not after half a second."""

import runpy

from ministack.services import lambda_svc  # type: ignore[import-untyped]

if __name__ == "__main__":
    # Every create and every update waits for it; no setting of MiniStack changes it.
    lambda_svc._LAMBDA_STATE_TRANSITION_DELAY = 0.05
    runpy.run_module("ministack", run_name="__main__")
