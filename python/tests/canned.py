"""A service of canned answers, which remembers what it was asked."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Canned:
    """``answers`` are functions that get the handler, one for each request in turn; the last one answers all that follow."""

    def __init__(self, *answers):
        self.asked = []
        self._answers = list(answers)
        lock = threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(handler):
                length = int(handler.headers.get("Content-Length") or 0)
                body = handler.rfile.read(length)
                with lock:
                    self.asked.append((handler.command, handler.path, dict(handler.headers), body))
                    answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
                answer(handler)

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(handler, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


def answer(status, body, headers=None):
    def send(handler):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(content)))
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return send


def chunks(*pieces, whole=True):
    """An answer in pieces; where it is not ``whole`` the connection breaks after them."""

    def send(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for piece in pieces:
            handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        if whole:
            handler.wfile.write(b"0\r\n\r\n")
        handler.close_connection = True

    return send


def job(state, attempt=1, **status):
    return {"metadata": {"id": "j1", "name": "train", "team": "vision"}, "spec": {}, "status": {"state": state, "attempt": attempt, **status}}
