"""Asks a server through tritonclient and compares its answers with those of ONNX Runtime.

Arguments: HOST:PORT of gRPC, HOST:PORT of HTTP, the folder of the training that made its models, the file with an admin's key.
"""

import csv
import json
import queue
import sys
import time
import urllib.request

import numpy as np
import onnxruntime
import tritonclient.grpc as triton
import tritonclient.http as rest
from tritonclient.utils import InferenceServerException

TOLERANCE = 1e-6
MODEL, VERSION = "churn", "v1"
SPARE = "spare"
STREAMED = 100
SINGLE_ROWS, BATCH = 250, 64
NUMPY = {"FP32": np.float32, "INT64": np.int64, "BYTES": np.object_}

passed = failed = 0


def check(what, holds, found=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
    print(f"{'ok  ' if holds else 'FAIL'} {what}{': ' + str(found) if str(found) else ''}", flush=True)


def tensors(inputs, rows):
    """Returns the model's inputs for rows of the CSV: '' is a missing number, and stays '' among strings."""
    result = {}
    for spec in inputs:
        cells = [row[spec["name"]] for row in rows]
        if spec["datatype"] == "BYTES":
            result[spec["name"]] = np.array(cells, dtype=np.object_).reshape(-1, 1)
        else:
            numbers = [float(cell) if cell else np.nan for cell in cells]
            result[spec["name"]] = np.array(numbers, dtype=NUMPY[spec["datatype"]]).reshape(-1, 1)
    return result


def request(specs, values):
    result = []
    for spec in specs:
        given = triton.InferInput(spec["name"], list(values[spec["name"]].shape), spec["datatype"])
        given.set_data_from_numpy(values[spec["name"]])
        result.append(given)
    return result


def refusal(what, call, status, *words):
    """Checks that a call is refused with a status and with words that say what came and what was expected."""
    try:
        call()
    except InferenceServerException as e:
        told = all(word in e.message() for word in words)
        check(f"{what} is refused", e.status() == f"StatusCode.{status}" and told, f"{e.status()} {e.message()}")
    else:
        check(f"{what} is refused", False, "an answer came")


def wait_for_model(client):
    end = time.monotonic() + 60
    while not client.is_model_ready(MODEL) and time.monotonic() < end:
        time.sleep(0.1)


def difference(outputs, result, expected):
    """Returns the largest difference over all outputs; infinite when shape or text differs."""
    worst = 0.0
    for spec, wanted in zip(outputs, expected, strict=True):
        found = result.as_numpy(spec["name"])
        if found is None or found.shape != wanted.shape:
            return np.inf
        if spec["datatype"] == "BYTES":
            texts = [cell.decode() for cell in found.ravel()]
            worst = worst if texts == list(wanted.ravel()) else np.inf
        else:
            differences = np.abs(found.astype(np.float64) - wanted.astype(np.float64))
            worst = max(worst, float(np.max(differences, initial=0)))
    return worst


def main(address, http, folder, key):
    with open(f"{folder}/signature.json", encoding="utf-8") as file:
        signature = json.load(file)
    with open(f"{folder}/holdout.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    inputs, outputs = signature["inputs"], signature["outputs"]
    names = [spec["name"] for spec in outputs]
    nullable = [c["name"] for c in signature["columns"] if c["nullable"] and c["kind"] == "number"]
    for i in range(0, len(rows), 10):
        rows[i][nullable[0]] = ""
    session = onnxruntime.InferenceSession(f"{folder}/model.onnx", providers=["CPUExecutionProvider"])
    client = triton.InferenceServerClient(address)

    check("server is live", client.is_server_live())
    check("server is ready", client.is_server_ready())
    about = client.get_server_metadata()
    check("server says its name and version", about.name == "tidegate" and about.version, f"{about.name} {about.version}")
    wait_for_model(client)
    check("model is ready", client.is_model_ready(MODEL))
    check("version is ready", client.is_model_ready(MODEL, VERSION))

    metadata = client.get_model_metadata(MODEL)
    check("model metadata: name, versions", metadata.name == MODEL and VERSION in metadata.versions, list(metadata.versions))
    check("model metadata: platform", metadata.platform == "onnx_onnxv1", metadata.platform)
    said = {t.name: (t.datatype, list(t.shape)) for t in metadata.inputs}
    check("model metadata: inputs", said == {s["name"]: (s["datatype"], s["shape"]) for s in inputs}, f"{len(said)} inputs")
    graph = {i.name for i in session.get_inputs()}
    check("model metadata: inputs are the graph's", set(said) == graph)
    said = {t.name: (t.datatype, list(t.shape)) for t in metadata.outputs}
    check("model metadata: outputs", said == {s["name"]: (s["datatype"], s["shape"]) for s in outputs}, said)

    worst, missing = 0.0, 0
    for row in rows[:SINGLE_ROWS]:
        values = tensors(inputs, [row])
        missing += any(v.dtype != np.object_ and np.isnan(v).any() for v in values.values())
        result = client.infer(MODEL, request(inputs, values))
        worst = max(worst, difference(outputs, result, session.run(names, values)))
    strings = sum(spec["datatype"] == "BYTES" for spec in inputs)
    check(
        f"{SINGLE_ROWS} single rows ({strings} string inputs, {missing} rows with NaN) as ONNX Runtime answers",
        worst <= TOLERANCE and missing > 0 and strings > 0,
        f"largest difference {worst:.2e}",
    )

    worst = 0.0
    for start in range(0, len(rows) - BATCH + 1, BATCH):
        values = tensors(inputs, rows[start : start + BATCH])
        result = client.infer(MODEL, request(inputs, values))
        worst = max(worst, difference(outputs, result, session.run(names, values)))
    count = len(rows) // BATCH * BATCH
    check(f"{count} rows in batches of {BATCH} as ONNX Runtime answers", worst <= TOLERANCE, f"largest difference {worst:.2e}")

    good = tensors(inputs, rows[1:2])
    wanted = [triton.InferRequestedOutput(names[0])]
    result = client.infer(MODEL, request(inputs, good), outputs=wanted, request_id="r-1", parameters={"tidegate_unit": "u-1"})
    answer = result.get_response()
    check("request id is echoed", answer.id == "r-1", answer.id)
    check("only the requested output comes", [o.name for o in answer.outputs] == names[:1])
    arm = {k: p.string_param for k, p in answer.parameters.items()}
    check(
        "answer says version, arm and reason",
        (arm.get("tidegate_version"), arm.get("tidegate_arm"), arm.get("tidegate_reason")) == (VERSION, "champion", "champion"),
        arm,
    )
    pinned = client.infer(MODEL, request(inputs, good), model_version=VERSION)
    check("a named version answers alike", difference(outputs, pinned, session.run(names, good)) <= TOLERANCE)

    empty = tensors(inputs, [])
    result = client.infer(MODEL, request(inputs, empty))
    check("an empty batch is answered with empty outputs", difference(outputs, result, session.run(names, empty)) == 0)

    many(client, inputs, outputs, names, rows, session)
    about_models(client, inputs, outputs)
    repository(client, key)
    bad_input(client, inputs, signature, good)

    result = client.infer(MODEL, request(inputs, good))
    check("the server answers on after all refusals", difference(outputs, result, session.run(names, good)) <= TOLERANCE)
    client.close()
    over_http(http, session, inputs, outputs, rows)
    by_name(http, session, inputs, outputs, signature, rows)


def over_http(address, session, inputs, outputs, rows):
    """The same through the HTTP client: binary tensors, as it sends by default, JSON, and both mixed, packed or not."""
    names = [spec["name"] for spec in outputs]
    client = rest.InferenceServerClient(address)
    check("HTTP: live, ready, model ready", client.is_server_live() and client.is_server_ready() and client.is_model_ready(MODEL, VERSION))
    about = client.get_server_metadata()
    check("HTTP: server metadata", about["name"] == "tidegate" and "binary_tensor_data" in about["extensions"], about)
    metadata = client.get_model_metadata(MODEL)
    said = {t["name"]: (t["datatype"], t["shape"]) for t in metadata["inputs"]}
    check("HTTP: model metadata", said == {s["name"]: (s["datatype"], s["shape"]) for s in inputs}, f"{len(said)} inputs")

    def ask(values, binary_in, binary_out, **more):
        given = []
        for i, spec in enumerate(inputs):
            tensor = rest.InferInput(spec["name"], list(values[spec["name"]].shape), spec["datatype"])
            tensor.set_data_from_numpy(values[spec["name"]], binary_data=binary_in(i))
            given.append(tensor)
        wanted = [rest.InferRequestedOutput(name, binary_data=binary_out(i)) for i, name in enumerate(names)]
        return client.infer(MODEL, given, outputs=more.pop("outputs", wanted), **more)

    def never(_):
        return False

    def always(_):
        return True

    def other(i):
        return i % 2 == 0

    forms = {"binary": (always, always), "JSON": (never, never), "binary and JSON": (other, other)}
    packed = {"plain": {}, "gzip": {"request_compression_algorithm": "gzip", "response_compression_algorithm": "gzip"}}
    for form, (binary_in, binary_out) in forms.items():
        for how, more in packed.items():
            worst, missing = 0.0, 0
            for start in list(range(0, 100)) + list(range(0, len(rows) - BATCH + 1, BATCH)):
                size = 1 if start < 100 and start % BATCH else BATCH
                values = tensors(inputs, rows[start : start + size])
                missing += any(v.dtype != np.object_ and np.isnan(v).any() for v in values.values())
                result = ask(values, binary_in, binary_out, **more)
                worst = max(worst, difference_http(outputs, result, session.run(names, values)))
            check(f"HTTP: {form}, {how}, as ONNX Runtime answers ({missing} requests with NaN)", worst <= TOLERANCE and missing > 0, f"largest difference {worst:.2e}")

    good = tensors(inputs, rows[1:2])
    result = ask(good, always, always, outputs=None, request_id="r-2", parameters={"tidegate_unit": "u-1"})
    answer = result.get_response()
    check("HTTP: request id is echoed, all outputs come", answer["id"] == "r-2" and [o["name"] for o in answer["outputs"]] == names)
    check("HTTP: answer says version and arm", answer["parameters"]["tidegate_version"] == VERSION and answer["parameters"]["tidegate_arm"] == "champion")
    for what, call, status, word in (
        ("an unknown model", lambda: client.infer("nope", []), "404", "'nope'"),
        ("a missing input", lambda: client.infer(MODEL, []), "400", "missing"),
        ("an unknown output", lambda: ask(good, always, always, outputs=[rest.InferRequestedOutput("nope")]), "400", "'nope'"),
    ):
        try:
            call()
        except InferenceServerException as e:
            check(f"HTTP: {what} is refused", str(e.status()) == status and word in e.message(), f"{e.status()} {e.message()}")
        else:
            check(f"HTTP: {what} is refused", False, "an answer came")
    client.close()


def difference_http(outputs, result, expected):
    """As difference; the HTTP client gives strings of JSON as text and those of binary tensors as bytes."""
    worst = 0.0
    for spec, wanted in zip(outputs, expected, strict=True):
        found = result.as_numpy(spec["name"])
        if found is None or found.shape != wanted.shape:
            return np.inf
        if spec["datatype"] == "BYTES":
            texts = [cell.decode() if isinstance(cell, bytes) else cell for cell in found.ravel()]
            worst = worst if texts == list(wanted.ravel()) else np.inf
        else:
            worst = max(worst, float(np.max(np.abs(found.astype(np.float64) - wanted.astype(np.float64)))))
    return worst


def by_name(address, session, inputs, outputs, signature, rows):
    """Named features as plain JSON give what the tensors give."""
    kinds = {column["name"]: column["kind"] for column in signature["columns"]}
    features = [
        {name: (cell if kind == "category" else float(cell) if cell else None) for name, kind in kinds.items() for cell in [row[name]]}
        for row in rows[:BATCH]
    ]
    body = json.dumps({"model": MODEL, "customer_id": "c-1", "rows": features}).encode()
    with urllib.request.urlopen(urllib.request.Request(f"http://{address}/api/v1/predict", body)) as answer:
        found = json.load(answer)
    names = [spec["name"] for spec in outputs]
    expected = dict(zip(names, session.run(names, tensors(inputs, rows[:BATCH])), strict=True))
    worst = max(abs(p["probability"] - float(e)) for p, e in zip(found["predictions"], expected["probability"].ravel(), strict=True))
    labels = [p["prediction"] for p in found["predictions"]] == [str(x) if isinstance(x, str) else x.item() for x in expected["label"].ravel()]
    check(f"{BATCH} rows of named features as ONNX Runtime answers", worst <= TOLERANCE and labels, f"largest difference {worst:.2e}")
    check("the customer is echoed", found["customer_id"] == "c-1" and found["version"] == VERSION)


def many(client, inputs, outputs, names, rows, session):
    """Asks asynchronously and over a stream."""
    expected = [session.run(names, tensors(inputs, [row])) for row in rows[:STREAMED]]
    answers = queue.Queue()
    for i, row in enumerate(rows[:STREAMED]):
        given = request(inputs, tensors(inputs, [row]))
        client.async_infer(MODEL, given, lambda result, error: answers.put((result, error)), request_id=str(i))
    worst, errors = gathered(answers, STREAMED, outputs, expected)
    check(f"{STREAMED} asynchronous requests as ONNX Runtime answers", worst <= TOLERANCE and not errors, f"largest difference {worst:.2e}")

    client.start_stream(lambda result, error: answers.put((result, error)))
    for i, row in enumerate(rows[:STREAMED]):
        client.async_stream_infer(MODEL, request(inputs, tensors(inputs, [row])), request_id=str(i))
        if i == STREAMED // 2:
            client.async_stream_infer("nope", request(inputs, tensors(inputs, [row])), request_id="wrong")
    worst, errors = gathered(answers, STREAMED + 1, outputs, expected)
    check(f"{STREAMED} requests of a stream as ONNX Runtime answers", worst <= TOLERANCE, f"largest difference {worst:.2e}")
    check("a stream says what is wrong and goes on", len(errors) == 1 and "NOT_FOUND" in str(errors[0]), errors)
    client.stop_stream()


def gathered(answers, count, outputs, expected):
    worst, errors = 0.0, []
    for _ in range(count):
        result, error = answers.get(timeout=60)
        if error is not None:
            errors.append(error)
        else:
            worst = max(worst, difference(outputs, result, expected[int(result.get_response().id)]))
    return worst, errors


def about_models(client, inputs, outputs):
    config = client.get_model_config(MODEL).config
    said = {t.name: list(t.dims) for t in [*config.input, *config.output]}
    wanted = {s["name"]: s["shape"] for s in [*inputs, *outputs]}
    check("model config: inputs, outputs and their shapes", said == wanted and config.backend == "onnxruntime", config.backend)
    kinds = {"FP32": 11, "INT64": 9, "BYTES": 13}
    said = {t.name: t.data_type for t in config.input}
    check("model config: element types", said == {s["name"]: kinds[s["datatype"]] for s in inputs})

    before = client.get_inference_statistics(MODEL, VERSION).model_stats[0]
    check("statistics: requests", before.inference_stats.success.count >= SINGLE_ROWS + 2 * STREAMED, before.inference_stats.success.count)
    check("statistics: rows", before.inference_count > before.inference_stats.success.count, before.inference_count)
    check("statistics: times", min(before.inference_stats.compute_infer.ns, before.inference_stats.compute_output.ns) > 0)
    check("statistics: last inference", abs(before.last_inference / 1000 - time.time()) < 600, before.last_inference)


def repository(client, key):
    with open(key, encoding="utf-8") as file:
        headers = {"authorization": f"Bearer {file.read().strip()}"}

    def state():
        return {m.name: m.state for m in client.get_model_repository_index().models}

    check("repository index", state() == {MODEL: "READY", SPARE: "UNAVAILABLE"}, state())
    refusal("loading without a key", lambda: client.load_model(SPARE), "UNAUTHENTICATED", "key")
    client.load_model(SPARE, headers=headers)
    check("a model is loaded", state()[SPARE] == "READY" and client.is_model_ready(SPARE, VERSION), state())
    client.unload_model(SPARE, headers=headers)
    check("a model is unloaded", state()[SPARE] == "UNAVAILABLE", state())
    refusal("unloading a champion", lambda: client.unload_model(MODEL, headers=headers), "FAILED_PRECONDITION", MODEL, "champion")
    extensions = set(client.get_server_metadata().extensions)
    check("server metadata: extensions", {"model_repository", "statistics", "model_configuration"} <= extensions, extensions)


def bad_input(client, inputs, signature, good):
    number = next(c for c in signature["columns"] if c["kind"] == "number" and not c["nullable"])["input"]
    category = next(c for c in signature["columns"] if c["kind"] == "category")["input"]

    def infer(change=None, **more):
        specs, values = [dict(spec) for spec in inputs], dict(good)
        if change is not None:
            change(specs, values)
        return client.infer(more.pop("model", MODEL), request(specs, values), **more)

    def spec_of(specs, name):
        return next(spec for spec in specs if spec["name"] == name)

    def renamed(specs, values):
        spec_of(specs, number)["name"] = number + "x"
        values[number + "x"] = values.pop(number)

    def retyped(specs, values):
        spec_of(specs, number)["datatype"] = "FP64"
        values[number] = values[number].astype(np.float64)

    def left_out(specs, values):
        specs.remove(spec_of(specs, number))

    def reshaped(shape):
        def change(specs, values):
            values[number] = np.zeros(shape, dtype=np.float32)

        return change

    def valued(name, value):
        def change(specs, values):
            values[name] = np.full_like(values[name], value)

        return change

    refusal("a wrong input name", lambda: infer(renamed), "INVALID_ARGUMENT", f"'{number}x'", f"'{number}'")
    refusal("a missing input", lambda: infer(left_out), "INVALID_ARGUMENT", f"'{number}'", "missing")
    refusal("a wrong type", lambda: infer(retyped), "INVALID_ARGUMENT", f"'{number}'", "'FP64'", "FP32")
    refusal("a wrong shape", lambda: infer(reshaped((1, 2))), "INVALID_ARGUMENT", f"'{number}'", "[1, 2]", "[-1, 1]")
    refusal("a wrong rank", lambda: infer(reshaped((1,))), "INVALID_ARGUMENT", f"'{number}'", "rank 1", "rank 2")
    refusal("unequal row counts", lambda: infer(reshaped((2, 1))), "INVALID_ARGUMENT", "rows")
    refusal("NaN where it is forbidden", lambda: infer(valued(number, np.nan)), "INVALID_ARGUMENT", f"'{number}'", "NaN")
    refusal("an unknown category", lambda: infer(valued(category, "Nope")), "INVALID_ARGUMENT", f"'{category}'", "'Nope'")
    refusal("an unknown output", lambda: infer(outputs=[triton.InferRequestedOutput("nope")]), "INVALID_ARGUMENT", "'nope'")
    refusal("an unknown model", lambda: infer(model="nope"), "NOT_FOUND", "'nope'")
    refusal("an unknown version", lambda: infer(model_version="v9"), "NOT_FOUND", "'v9'")


main(*sys.argv[1:])
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
