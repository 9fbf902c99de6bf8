"""Web Push: what a browser's push service is sent (RFC 8030, RFC 8291, RFC 8292), and where it may be."""

from chalicelib.adapters.push.pusher import WebPusher

__all__ = ["WebPusher"]
