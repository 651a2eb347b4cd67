"""A file server that misbehaves as told. The first part of a path is what goes wrong, the rest is the file.

Usage: faulty_server.py FOLDER PORT_FILE. Each request is printed to standard output: its path and its Range.
"""

import hashlib
import http.server
import re
import sys
from collections import Counter
from pathlib import Path

folder, port_file = Path(sys.argv[1]), Path(sys.argv[2])
requests: Counter[str] = Counter()


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers GET with the whole file, or with the part that Range asks for."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        print(self.path, self.headers.get("Range", "-"), flush=True)
        requests[self.path] += 1
        _, fault, name = self.path.split("/", 2)
        content = (folder / name).read_bytes() if (folder / name).is_file() else None
        if content is None:
            self.refuse(404)
        elif fault == "busy" and requests[self.path] <= 2:
            self.refuse(503)
        elif fault == "redirect":
            self.send_response(302)
            self.send_header("Location", f"/elsewhere/{name}")
            self.send_header("X-Linked-ETag", f'"{hashlib.sha256(content).hexdigest()}"')
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.answer(fault, content)

    def answer(self, fault: str, content: bytes) -> None:
        """The file, or its rest, with the fault."""
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        first = int(asked[1]) if asked and fault != "forgetful" else 0
        if first >= len(content) > 0:
            self.refuse(416, ("Content-Range", f"bytes */{len(content)}"))
            return
        if fault == "liar":
            content = bytes(reversed(content))
        self.send_response(206 if first else 200)
        if first:
            self.send_header("Content-Range", f"bytes {first}-{len(content) - 1}/{len(content)}")
        rest = content[first:]
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        if fault == "cut" or (fault == "forgetful" and requests[self.path] == 1):
            rest = rest[: max(1, len(content) // 3)]
            self.close_connection = True
        if fault == "mute":
            rest = b""
            self.close_connection = True
        self.wfile.write(rest)

    def refuse(self, status: int, *headers: tuple[str, str]) -> None:
        """No content."""
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Standard output has what is wanted."""


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
beside = port_file.with_suffix(".part")
beside.write_text(str(server.server_port))
beside.rename(port_file)
server.serve_forever()
