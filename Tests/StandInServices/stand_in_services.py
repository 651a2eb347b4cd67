"""Stand-ins for recognition, a language model and synthesis that answer as OpenAI's interface says, in awkward pieces.

What is in front of `/v1` in the path says how they misbehave, e.g. `http://127.0.0.1:PORT/busy/v1`:

    (nothing)     all is well
    unauthorized  401
    busy          429 with Retry-After, once; then all is well
    exhausted     429 with Retry-After of an hour
    failing       500 once; then all is well
    broken        500 always
    stall, hang   silence in the middle of the answer
    cut           the connection ends in the middle of the answer
    garbage       the answer is no JSON
    plain         no server-sent events where they are asked for, WAV instead of samples

Usage: stand_in_services.py PORT_FILE [CERTIFICATE KEY], with TLS where there is a certificate (PEM). Each request is printed as a line of JSON.
"""

import contextlib
import json
import math
import os
import ssl
import struct
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HEARD = "Wie spät ist es in 東京?"
ANSWER = (
    "Good **question**, I think. It is *late* there 🌙, see [the clock](https://example.com/clock?x=1). "
    "现在是晚上，大家都睡了。Good night!"
)
RATE = 16_000


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    seen: dict[str, int] = {}
    # What was asked, oldest first.
    records: list[dict] = []
    lock = threading.Lock()

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        record = {"path": "models", "port": self.client_address[1], "asked": {}}
        with self.lock:
            print(json.dumps(record), flush=True)
        _, _, path = self.path.partition("/v1/")
        if path != "models" or "unauthorized" in self.path:
            return self.send_json(401 if "unauthorized" in self.path else 404, {"error": {"message": "no"}})
        self.send_json(200, {"object": "list", "data": [{"id": "small"}, {"id": "tts"}, {"id": "hearing"}]})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        fault, _, path = self.path.lstrip("/").rpartition("v1/")
        self.fault = fault.rstrip("/")
        asked = json.loads(body) if self.headers["Content-Type"] == "application/json" else form_fields(body)
        record = {"path": path, "port": self.client_address[1], "asked": asked}
        with self.lock:
            self.seen[self.path] = count = self.seen.get(self.path, 0) + 1
            self.records.append(record)
            print(json.dumps(record), flush=True)
        if self.refuse(count):
            return
        {
            "audio/transcriptions": self.transcribe,
            "chat/completions": self.complete,
            "audio/speech": self.speak,
        }[path](asked)

    def refuse(self, count: int) -> bool:
        if self.fault == "unauthorized":
            self.send_json(401, {"error": {"message": "Incorrect API key provided."}})
        elif self.fault == "busy" and count == 1:
            self.send_json(429, {"error": {"message": "Slow down."}}, {"Retry-After": "0.1"})
        elif self.fault == "exhausted":
            self.send_json(429, {"error": {"message": "Quota."}}, {"Retry-After": "3600"})
        elif self.fault == "broken" or (self.fault == "failing" and count == 1):
            self.send_json(500, {"detail": "out of memory"})
        else:
            return False
        return True

    # What the services do

    def transcribe(self, asked: dict[str, str]):
        if asked.get("stream") != "true" or self.fault == "plain":
            return self.send_json(200, {"text": HEARD})
        words = HEARD.split(" ")
        events = [{"type": "transcript.text.delta", "delta": (" " if i else "") + word} for i, word in enumerate(words)]
        self.send_events([*events, {"type": "transcript.text.done", "text": HEARD}])

    def complete(self, asked: dict):
        last = asked["messages"][-1]
        if asked.get("tools") and last["role"] == "user":
            call = {"index": 0, "id": "call_7", "type": "function", "function": {"name": "clock", "arguments": ""}}
            deltas = [{"tool_calls": [call]}]
            deltas += [{"tool_calls": [{"index": 0, "function": {"arguments": a}}]} for a in ('{"ci', 'ty": "東京"}')]
        else:
            text = ANSWER if last["role"] == "user" else f"The clock says {last['content']}."
            deltas = [{"role": "assistant", "content": ""}]
            deltas += [{"content": text[i : i + 3]} for i in range(0, len(text), 3)]
        usage = {"prompt_tokens": 40, "completion_tokens": 12, "prompt_tokens_details": {"cached_tokens": 8}}
        chunks = [{"choices": [{"index": 0, "delta": delta}]} for delta in deltas]
        self.send_events([*chunks, {"choices": [], "usage": usage}], "[DONE]")

    def speak(self, asked: dict):
        seconds = 0.05 * len(asked["input"])
        samples = [int(8000 * math.sin(i * 2 * math.pi * 220 / RATE)) for i in range(int(seconds * RATE))]
        sound = struct.pack(f"<{len(samples)}h", *samples)
        if self.fault == "plain":
            header = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 0xFFFFFFFF, b"WAVE", b"fmt ", 16, 1, 1, RATE, RATE * 2,
                                 2, 16, b"data", 0xFFFFFFFF)
            sound = header + sound
        self.send_pieces("audio/pcm", sound, 3_331)

    # How they answer

    def send_json(self, status: int, value, headers: dict[str, str] | None = None):
        body = b"<html>" if getattr(self, "fault", "") == "garbage" else json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        headers = {"Content-Type": "application/json", "Content-Length": len(body), **(headers or {})}
        for name, header in headers.items():
            self.send_header(name, str(header))
        self.end_headers()
        self.wfile.write(body)

    def send_events(self, events: list, end: str | None = None):
        if self.fault == "garbage":
            return self.send_pieces("text/event-stream", b"data: <html>\n\n" * 3, 5)
        lines = [f"data: {json.dumps(event, ensure_ascii=False)}\r\n\r\n" for event in events]
        lines += [f"data: {end}\n\n"] if end else []
        # 7 bytes: no character of three bytes is safe.
        self.send_pieces("text/event-stream; charset=utf-8", (": hello\n\n" + "".join(lines)).encode(), 7)

    def send_pieces(self, kind: str, body: bytes, size: int):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("x-ratelimit-limit-requests", "100")
        self.send_header("x-ratelimit-remaining-requests", "99")
        self.send_header("x-ratelimit-reset-requests", "1m0.5s")
        self.end_headers()
        pieces = [body[i : i + size] for i in range(0, len(body), size)]
        for i, piece in enumerate(pieces):
            if i == max(1, len(pieces) // 2):
                if self.fault in ("stall", "hang"):
                    time.sleep(3600)
                if self.fault == "cut":
                    self.close_connection = True
                    return
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        self.wfile.write(b"0\r\n\r\n")


def form_fields(body: bytes) -> dict:
    """The fields of a form; of a file, how many bytes it has."""
    boundary = body.split(b"\r\n", 1)[0]
    fields = {}
    for part in body.split(boundary)[1:-1]:
        head, _, value = part.strip(b"\r\n").partition(b"\r\n\r\n")
        name = head.split(b'name="')[1].split(b'"')[0].decode()
        fields[name] = len(value) if b"filename=" in head else value.decode()
        if name == "file":
            assert value.startswith(b"RIFF") and value[8:12] == b"WAVE", value[:12]
    return fields


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # Clients hang up when they are interrupted.


@contextlib.contextmanager
def running_services(port: int = 0):
    """The services in a thread of this process, at any port or at this one; yields their address."""
    with Server(("127.0.0.1", port), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


if __name__ == "__main__":
    server = Server(("127.0.0.1", 0), Handler)
    if len(sys.argv) > 2:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(*sys.argv[2:])
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    with open(sys.argv[1] + ".new", "w") as file:
        file.write(str(server.server_port))
    os.rename(sys.argv[1] + ".new", sys.argv[1])
    server.serve_forever()
