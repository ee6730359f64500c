"""Runs two MLServers, lets Tidegate register their model as a version, and asks it while they are well, dead, back, and slow.

Arguments: a folder with the home and the ready line of a running server, the tidegate program.
"""

import json
import pathlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import grpc
from mlserver.grpc import dataplane_pb2 as pb
from mlserver.grpc.dataplane_pb2_grpc import GRPCInferenceServiceStub

folder, program = pathlib.Path(sys.argv[1]), sys.argv[2]
ready = json.loads((folder / "ready").read_text())
PATIENCE = 120
RUNTIME = '''
import asyncio
import pathlib

from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.types import InferenceResponse


class RowSum(MLModel):
    async def load(self):
        self.delay = pathlib.Path(__file__).parent / "delay"
        return True

    async def predict(self, payload):
        await asyncio.sleep(float(self.delay.read_text()))
        rows = NumpyCodec.decode_input(payload.inputs[0])
        total = rows.sum(axis=1, keepdims=True, dtype="float32")
        return InferenceResponse(model_name=self.name, outputs=[NumpyCodec.encode_output("total", total)])
'''
passed = failed = 0


def check(what, holds, found=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
    print(f"{'ok  ' if holds else 'FAIL'} {what}{': ' + str(found) if str(found) else ''}", flush=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(what, holds):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    print(f"waited {PATIENCE} s in vain: {what}", flush=True)
    return False


class Foreign:
    """An MLServer with one model that adds up a row."""

    def __init__(self, name):
        self.folder = folder / f"mlserver-{name}"
        self.folder.mkdir()
        self.port = free_port()
        (self.folder / "rowsum.py").write_text(RUNTIME)
        self.delay(0)
        (self.folder / "model-settings.json").write_text(json.dumps({
            "name": "rows", "implementation": "rowsum.RowSum",
            "inputs": [{"name": "row", "datatype": "FP32", "shape": [-1, 4]}],
            "outputs": [{"name": "total", "datatype": "FP32", "shape": [-1, 1]}]}))
        (self.folder / "settings.json").write_text(json.dumps({
            "debug": False, "parallel_workers": 0, "host": "127.0.0.1", "http_port": free_port(),
            "grpc_port": self.port, "metrics_port": free_port()}))
        self.start()

    def delay(self, seconds):
        (self.folder / "delay").write_text(str(seconds))

    def start(self):
        command = pathlib.Path(sys.executable).parent / "mlserver"
        with (self.folder / "mlserver.log").open("a") as log:
            self.process = subprocess.Popen([command, "start", "."], cwd=self.folder, stdout=log, stderr=log)
        assert until("MLServer is ready", self.is_ready), (self.folder / "mlserver.log").read_text()

    def is_ready(self):
        with grpc.insecure_channel(self.address()[7:]) as channel:
            try:
                return GRPCInferenceServiceStub(channel).ModelReady(pb.ModelReadyRequest(name="rows"), timeout=5).ready
            except grpc.RpcError:
                return False

    def address(self):
        return f"grpc://127.0.0.1:{self.port}"

    def kill(self):
        self.process.kill()
        self.process.wait()


def tidegate(*arguments):
    run = subprocess.run([program, *arguments, "--home", folder / "home", "--output", "json"], capture_output=True, text=True)
    return run.returncode, json.loads(run.stdout) if run.stdout.strip() else {}, run.stderr


def by_grpc(version=""):
    with grpc.insecure_channel(f"127.0.0.1:{ready['grpc']}") as channel:
        request = pb.ModelInferRequest(model_name="sums", model_version=version)
        row = request.inputs.add(name="row", datatype="FP32", shape=[2, 4])
        row.contents.fp32_contents.extend([1, 2, 3, 4, 5, 6, 7, 8])
        return list(GRPCInferenceServiceStub(channel).ModelInfer(request, timeout=60).outputs[0].contents.fp32_contents)


def by_rest():
    body = {"inputs": [{"name": "row", "datatype": "FP32", "shape": [1, 4], "data": [1, 2, 3, 4]}]}
    request = urllib.request.Request(
        f"http://127.0.0.1:{ready['http']}/v2/models/sums/infer", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["outputs"][0]["data"]


def servers(version):
    _, model, _ = tidegate("model", "show", "sums")
    return next(each["servers"] for each in model["versions"] if each["version"] == version)


def metric(name, *labels):
    with urllib.request.urlopen(f"http://127.0.0.1:{ready['management']}/metrics", timeout=60) as page:
        lines = page.read().decode().splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(name + "{") and all(label in line for label in labels))


started = []
try:
    one = Foreign("one")
    started.append(one)
    two = Foreign("two")
    started.append(two)

    code, _, error = tidegate("model", "register", "sums", "--remote", f"grpc://127.0.0.1:{free_port()}", "--remote-model", "rows")
    check("a server that is not there is refused", code != 0 and "UNAVAILABLE" in error, error.strip())
    code, _, error = tidegate("model", "register", "sums", "--remote", one.address(), "--remote-model", "nothing")
    check("a model that is not there is refused", code != 0 and one.address() in error, error.strip())
    code, version, error = tidegate(
        "model", "register", "sums", "--version", "v1", "--alias", "champion", "--remote", one.address(), "--remote-model", "rows")
    check("registered with the signature that MLServer says", code == 0 and version["inputs"][0]["shape"] == [-1, 4], error.strip())

    check("until the route is in force", until("the route is in force", lambda: tidegate("route", "show", "sums")[1].get("inForce")))
    check("answers through gRPC", by_grpc() == [10, 26], by_grpc())
    check("answers through REST", by_rest() == [10], by_rest())
    row = folder / "row.json"
    row.write_text(json.dumps([{"row": [1, 2, 3, 4]}]))
    code, answer, error = tidegate("predict", "sums", "--in", str(row))
    check("answers on the command line", code == 0 and answer["outputs"][0]["data"] == [10], answer or error.strip())
    check("its breaker is closed", servers("v1") == [one.address() + " closed"], servers("v1"))

    one.kill()
    try:
        by_grpc()
        check("a request to a dead server fails", False)
    except grpc.RpcError as failure:
        check("a request to a dead server fails", failure.code() == grpc.StatusCode.UNAVAILABLE and one.address() in failure.details(), failure.details())
    check("its breaker opens", until("the breaker opens", lambda: " closed" not in servers("v1")[0]), servers("v1"))
    one.start()
    check("its breaker closes when it is back", until("the breaker closes", lambda: servers("v1") == [one.address() + " closed"]))
    check("answers again", by_grpc() == [10, 26])

    code, _, error = tidegate(
        "model", "register", "sums", "--version", "v2", "--remote", one.address() + "," + two.address(),
        "--remote-model", "rows", "--hedge", "0.03s", "--hedge-share", "1")
    check("registered at two servers", code == 0, error.strip())
    two.delay(30)
    answers = [by_grpc("v2") for _ in range(20)]
    won = metric("tidegate_remote_hedges_total", 'result="won"', 'version="v2"')
    cancelled = metric("tidegate_remote_requests_total", 'outcome="cancelled"', 'version="v2"')
    check("one slow server of two is not felt", answers == [[10, 26]] * 20 and won > 0, f"{won:.0f} second tries won")
    check("the losers were cancelled", cancelled == won, f"{cancelled:.0f} cancelled")
    two.kill()
    check("one dead server of two is not felt", [by_grpc("v2") for _ in range(10)] == [[10, 26]] * 10)
finally:
    for each in started:
        each.kill()

print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0)
