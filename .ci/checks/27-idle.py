"""Connects clients that say nothing to both ports, and asks the model meanwhile.

Arguments: HOST:PORT of HTTP, HOST:PORT of gRPC.
"""

import json
import resource
import socket
import sys
import time
import urllib.request

WANTED = 10_000
SPARE = 1_000  # files that the server needs for itself
ASKED = 200
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0"


def address(text):
    host, port = text.rsplit(":", 1)
    return host, int(port)


def connect(where, words):
    """Returns a connection on which the server has said something."""
    client = socket.create_connection(where, timeout=60)
    client.sendall(words)
    if not client.recv(1):
        sys.exit("FAIL a client was turned away")
    return client


def ask(http):
    body = {"model": "churn", "features": {"tenure": 12, "monthly_charges": 70}}
    request = urllib.request.Request(f"http://{http}/api/v1/predict", json.dumps(body).encode())
    return json.load(urllib.request.urlopen(request, timeout=60))["version"]


http, grpc = sys.argv[1:]
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
count = max(0, min(WANTED, hard - SPARE))
clients = []
began = time.monotonic()
for i in range(count // 2):
    clients.append(connect(address(http), b"GET /v2/health/live HTTP/1.1\r\nhost: localhost\r\n\r\n"))
    clients.append(connect(address(grpc), PREFACE))
print(f"{len(clients)} clients are connected after {time.monotonic() - began:.0f} s (limit on files {hard})", flush=True)
began = time.monotonic()
wrong = sum(ask(http) != "v1" for _ in range(ASKED))
if wrong:
    sys.exit(f"FAIL {wrong} of {ASKED} questions were not answered by v1")
alive = 0
for client in clients:
    client.setblocking(False)
    try:
        while client.recv(65536):
            pass
    except BlockingIOError:
        alive += 1
if alive != len(clients):
    sys.exit(f"FAIL {len(clients) - alive} idle clients were disconnected")
print(f"ok   {ASKED} questions on new connections were answered in {time.monotonic() - began:.1f} s beside {alive} idle clients")
