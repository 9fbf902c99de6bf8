"""What the local stack changes in a process of the application. ``sitecustomize.py`` installs it.

It is part of no deployed package, so it must stay small, fast to import, and out of the application's way.
"""
