"""Asks a server through the clients of the kserve SDK and compares their answers.

Arguments: HOST:PORT of gRPC, HOST:PORT of HTTP.
"""

import asyncio
import logging
import sys

import grpc
import httpx
import numpy as np
from kserve import InferenceGRPCClient, InferenceRESTClient, InferInput, InferRequest, RESTConfig

MODEL = "churn"
ROWS = 64
COLUMNS = {"tenure": (1, 72), "monthly_charges": (18, 120)}

failed = 0
logging.disable(logging.CRITICAL)  # the SDK writes a trace for each refusal, and refusals are asked for


def check(what, holds, found=""):
    global failed
    failed += not holds
    print(f"{'ok  ' if holds else 'FAIL'} {what}{': ' + str(found) if str(found) else ''}", flush=True)


def request(values, binary, model=MODEL):
    inputs = []
    for name, column in values.items():
        tensor = InferInput(name, list(column.shape), "FP32")
        tensor.set_data_from_numpy(column, binary_data=binary)
        inputs.append(tensor)
    return InferRequest(model_name=model, infer_inputs=inputs, request_id="kserve")


def outputs(answer):
    """Returns each output by its name, texts as text: the SDK has them as bytes where they came as bytes."""
    return {output.name: plain(output.as_numpy().ravel()) for output in answer.outputs}


def plain(column):
    if column.dtype.kind == "f":
        return column
    return np.array([cell.decode() if isinstance(cell, bytes) else str(cell) for cell in column])


def alike(one, other):
    return one.keys() == other.keys() and all(
        np.allclose(one[name], other[name], atol=1e-6) if one[name].dtype.kind == "f" else list(one[name]) == list(other[name])
        for name in one
    )


async def main(grpc_address, http_address):
    draw = np.random.default_rng(7)
    values = {name: draw.uniform(*bounds, (ROWS, 1)).astype(np.float32) for name, bounds in COLUMNS.items()}
    base = f"http://{http_address}"
    rest = InferenceRESTClient(RESTConfig(protocol="v2"))
    async with InferenceGRPCClient(grpc_address) as client:
        for _ in range(300):
            if await client.is_model_ready(MODEL):
                break
            await asyncio.sleep(0.2)
        check("gRPC: live, ready, model ready", await client.is_server_live() and await client.is_server_ready() and await client.is_model_ready(MODEL))
        answer = await client.infer(request(values, True))
        first = outputs(answer)
        check("gRPC: an answer a row", answer.id == "kserve" and all(len(column) == ROWS for column in first.values()), sorted(first))
        try:
            await client.infer(request(values, True, "nope"))
            check("gRPC: an unknown model is refused", False)
        except grpc.RpcError as e:
            check("gRPC: an unknown model is refused", e.code() == grpc.StatusCode.NOT_FOUND, e.code().name)
    check("REST: live, ready, model ready", await rest.is_server_live(base) and await rest.is_server_ready(base) and await rest.is_model_ready(base, MODEL))
    check("REST: JSON answers as gRPC does", alike(first, outputs(await rest.infer(base, request(values, False), MODEL))))
    check("REST: binary answers as gRPC does", alike(first, outputs(await rest.infer(base, request(values, True), MODEL))))
    try:
        await rest.infer(base, request(values, False), "nope")
        check("REST: an unknown model is refused", False)
    except httpx.HTTPStatusError as e:
        check("REST: an unknown model is refused", e.response.status_code == 404, e.response.status_code)


asyncio.run(main(*sys.argv[1:]))
sys.exit(1 if failed else 0)
