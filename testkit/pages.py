"""A web server of tests that answers byte by byte what it is told to: also what no honest server would."""

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Answer = bytes | Callable[[socket.socket], None]


def html(page: str | bytes, *headers: str, kind: str = "text/html; charset=utf-8") -> bytes:
    """Return an answer with a page."""
    body = page.encode() if isinstance(page, str) else page
    lines = ["HTTP/1.1 200 OK", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(location: str, status: int = 302) -> bytes:
    """Return an answer that leads on."""
    return f"HTTP/1.1 {status} Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()


class PageServer:
    """Answers by path; `asked` are the requests with their headers, `left` says that a client went away."""

    def __init__(self, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None, port: int = 0) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.left = threading.Event()
        self._tls = tls
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listening = socket.create_server((host, port), family=family)
        self.port = int(self._listening.getsockname()[1])
        self.origin = f"{'http' if tls is None else 'https'}://{host}:{self.port}"

    @property
    def paths(self) -> list[str]:
        """Return what was asked for."""
        return [request.split()[1] for request in self.asked]

    @contextmanager
    def running(self) -> Iterator["PageServer"]:
        """Answer for the time of a `with` block."""
        thread = threading.Thread(target=self._serve, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            with suppress(OSError):
                self._listening.shutdown(socket.SHUT_RDWR)
            self._listening.close()
            thread.join()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(client,), daemon=True).start()

    def _read_body(self, speaking: socket.socket, request: bytes) -> None:
        """Read what follows the headers: a connection that is closed before that is reset."""
        head, _, body = request.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: *(\d+)", head)
        left = int(length[1]) - len(body) if length else 0
        while left > 0 and (more := speaking.recv(left)):
            left -= len(more)

    def _answer(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            speaking = self._tls.wrap_socket(client, server_side=True) if self._tls else client
            request = b""
            while b"\r\n\r\n" not in request and (more := speaking.recv(4096)):
                request += more
            if not request:
                return
            self._read_body(speaking, request)
            self.asked.append(request.decode("latin-1"))
            answer = self.answers.get(self.paths[-1], b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            if isinstance(answer, bytes):
                speaking.sendall(answer)
                return
            try:
                answer(speaking)
            except OSError:
                self.left.set()
