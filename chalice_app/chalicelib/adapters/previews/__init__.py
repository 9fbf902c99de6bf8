"""Previews of links: a page is fetched with every guard, and its head is read."""

from chalicelib.adapters.previews.fetching import PageFetcher

__all__ = ["PageFetcher"]
