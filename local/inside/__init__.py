"""Code that runs inside the worker environment, on the standard library and what Lambda provides alone."""
