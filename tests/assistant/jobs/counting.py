"""A scripted endpoint that counts, for each text, the calls that began and those it answered."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class CountingEndpoint:
    """What the endpoint saw."""

    latency_s: float = 0.1
    begun: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    under_way: int = 0
    most: int = 0
    address: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)


@contextmanager
def counting_endpoint(latency_s: float) -> Iterator[CountingEndpoint]:
    """Serve on loopback until the block ends."""
    endpoint = CountingEndpoint(latency_s=latency_s)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            with endpoint.lock:
                endpoint.begun[text] += 1
                endpoint.under_way += 1
                endpoint.most = max(endpoint.most, endpoint.under_way)
            time.sleep(endpoint.latency_s)
            body = f"답: {text}".encode()
            try:
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                with endpoint.lock:
                    endpoint.answered[text] += 1
            except OSError:
                pass  # the worker was killed while it waited
            finally:
                with endpoint.lock:
                    endpoint.under_way -= 1

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    endpoint.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
