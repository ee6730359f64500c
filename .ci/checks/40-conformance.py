"""Compares a server's answers with those of ONNX Runtime itself, for every model of Debian's libonnx-testdata.

`prepare DATA REPOSITORY`: lays the models out for `tidegate serve --model-repository`.
`compare DATA REPOSITORY GRPC HTTP`: asks the server at these addresses in every form and prints what came of it.

An answer must be ONNX Runtime's own, exactly, but for models that draw random numbers (ONNX Runtime itself answers them
differently each time; there types and shapes must be equal). Where ONNX Runtime's answer is the stored one within the
tolerance of ONNX's own backend test, so is the server's then; where it is not, that is counted and printed.
"""

import collections
import pathlib
import shutil
import sys
import time

import grpc
import numpy as np
import onnx
import onnx.numpy_helper
import onnxruntime
import tritonclient.grpc as triton
import tritonclient.http
from tritonclient.grpc import service_pb2, service_pb2_grpc

RELATIVE, ABSOLUTE = 1e-3, 1e-7
LOADING_SECONDS = 150
# A random answer may come twice in a row.
REPEATS = 4
TYPES = {
    "tensor(bool)": "BOOL",
    "tensor(uint8)": "UINT8",
    "tensor(uint16)": "UINT16",
    "tensor(uint32)": "UINT32",
    "tensor(uint64)": "UINT64",
    "tensor(int8)": "INT8",
    "tensor(int16)": "INT16",
    "tensor(int32)": "INT32",
    "tensor(int64)": "INT64",
    "tensor(float16)": "FP16",
    "tensor(bfloat16)": "BF16",
    "tensor(float)": "FP32",
    "tensor(double)": "FP64",
    "tensor(string)": "BYTES",
}
FIELDS = {
    "BOOL": "bool_contents",
    "INT8": "int_contents",
    "INT16": "int_contents",
    "INT32": "int_contents",
    "INT64": "int64_contents",
    "UINT8": "uint_contents",
    "UINT16": "uint_contents",
    "UINT32": "uint_contents",
    "UINT64": "uint64_contents",
    "FP32": "fp32_contents",
    "FP64": "fp64_contents",
    "BYTES": "bytes_contents",
}


def models(data):
    """Returns name and folder of every model."""
    for file in sorted(pathlib.Path(data).glob("*/*/model.onnx")):
        yield f"{file.parent.parent.name}-{file.parent.name}".replace("_", "-").lower(), file.parent


def session(folder):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])


def stored(file):
    return onnx.numpy_helper.to_array(onnx.TensorProto.FromString(file.read_bytes()))


def cases(folder, inputs):
    """Returns inputs and expected outputs of each stored case."""
    found = []
    for case in sorted(folder.glob("test_data_set_*")):
        given = [stored(case / f"input_{i}.pb") for i in range(len(inputs))]
        outputs = sorted(case.glob("output_*.pb"), key=lambda file: int(file.stem.split("_")[1]))
        found.append(({spec.name: value for spec, value in zip(inputs, given)}, [stored(file) for file in outputs]))
    return found


class Grpc:
    """Tensors raw, as the unmodified client sends them."""

    name = "gRPC raw"

    def __init__(self, grpc_address, http_address):
        self.client = triton.InferenceServerClient(grpc_address)

    def ask(self, model, specs, values, outputs):
        given = []
        for spec in specs:
            value, datatype = values[spec.name], TYPES[spec.type]
            tensor = triton.InferInput(spec.name, list(value.shape), datatype)
            tensor.set_data_from_numpy(value.astype(np.float32) if datatype == "BF16" else value)
            given.append(tensor)
        result = self.client.infer(model, given)
        return [result.as_numpy(output.name) for output in outputs]


class GrpcTyped:
    """Tensors in typed contents, where the protocol has a field for their type."""

    name = "gRPC typed"

    def __init__(self, grpc_address, http_address):
        self.stub = service_pb2_grpc.GRPCInferenceServiceStub(grpc.insecure_channel(grpc_address))

    def ask(self, model, specs, values, outputs):
        if not specs or any(TYPES[spec.type] not in FIELDS for spec in [*specs, *outputs]):
            return None
        request = service_pb2.ModelInferRequest(model_name=model)
        for spec in specs:
            value, datatype = values[spec.name], TYPES[spec.type]
            tensor = request.inputs.add(name=spec.name, datatype=datatype, shape=list(value.shape))
            flat = [str(v).encode() for v in value.ravel()] if datatype == "BYTES" else value.ravel().tolist()
            getattr(tensor.contents, FIELDS[datatype]).extend(flat)
        answer = {tensor.name: tensor for tensor in self.stub.ModelInfer(request).outputs}
        found = []
        for output in outputs:
            tensor = answer[output.name]
            content = getattr(tensor.contents, FIELDS[tensor.datatype])
            kind = object if tensor.datatype == "BYTES" else np.dtype(tensor.datatype.lower().replace("fp", "float"))
            flat = np.empty(len(content), dtype=kind)
            flat[:] = list(content)
            found.append(flat.reshape(list(tensor.shape)))
        return found


class Rest:
    """Binary tensors behind the JSON, as the unmodified client sends them."""

    name = "REST binary"
    binary = True

    def __init__(self, grpc_address, http_address):
        self.client = tritonclient.http.InferenceServerClient(http_address, network_timeout=60)

    def ask(self, model, specs, values, outputs):
        if not self.binary and any(TYPES[spec.type] not in FIELDS for spec in [*specs, *outputs]):
            return None
        given = []
        for spec in specs:
            value, datatype = values[spec.name], TYPES[spec.type]
            tensor = tritonclient.http.InferInput(spec.name, list(value.shape), datatype)
            value = value.astype(np.float32) if datatype == "BF16" else value
            tensor.set_data_from_numpy(value, binary_data=self.binary)
            given.append(tensor)
        wanted = [tritonclient.http.InferRequestedOutput(output.name, binary_data=self.binary) for output in outputs]
        result = self.client.infer(model, given, outputs=wanted)
        return [result.as_numpy(output.name) for output in outputs]


class RestJson(Rest):
    """Everything in the JSON; the client itself sends no FP16 and BF16 so."""

    name = "REST JSON"
    binary = False


TRANSPORTS = [Grpc, GrpcTyped, Rest, RestJson]


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def plain(value):
    """Returns a value of ONNX Runtime or the client in one form: strings as str, bfloat16 as float32."""
    value = np.asarray(value)
    if value.dtype.kind in "OSU":
        return np.array([text(v) for v in value.ravel()], dtype=object).reshape(value.shape)
    return value.astype(np.float32) if value.dtype.name == "bfloat16" else value


def equal(found, expected):
    found, expected = plain(found), plain(expected)
    if found.shape != expected.shape or found.dtype != expected.dtype:
        return False
    return np.array_equal(found, expected, equal_nan=found.dtype.kind == "f")


def alike(found, expected):
    found, expected = plain(found), plain(expected)
    if found.shape != expected.shape or found.dtype != expected.dtype:
        return False
    if found.dtype == object:
        return (found == expected).all()
    return np.allclose(found, expected, rtol=RELATIVE, atol=ABSOLUTE, equal_nan=True)


def same_kind(found, expected):
    found, expected = plain(found), plain(expected)
    return found.dtype == expected.dtype and len(found.shape) == len(expected.shape)


def run(runner, outputs, values):
    return runner.run([output.name for output in outputs], values)


def prepare(data, repository):
    """Copies every model that ONNX Runtime loads and whose inputs and outputs are tensors."""
    count = 0
    for name, folder in models(data):
        try:
            runner = session(folder)
        except Exception:
            continue
        if all(spec.type in TYPES for spec in [*runner.get_inputs(), *runner.get_outputs()]):
            target = pathlib.Path(repository) / name / "1"
            target.mkdir(parents=True)
            shutil.copy(folder / "model.onnx", target)
            count += 1
    print(f"{count} models laid out")


def wait(address, count):
    client = triton.InferenceServerClient(address)
    end = time.monotonic() + LOADING_SECONDS
    ready = 0
    while ready < count and time.monotonic() < end:
        time.sleep(0.2)
        ready = sum(model.state == "READY" for model in client.get_model_repository_index().models)
    print(f"{ready} of {count} models loaded")


def compare(data, repository, grpc_address, http_address):
    wait(grpc_address, len(list(pathlib.Path(repository).iterdir())))
    transports = [transport(grpc_address, http_address) for transport in TRANSPORTS]
    told = collections.Counter()
    wrong = []
    for name, folder in models(data):
        try:
            runner = session(folder)
        except Exception:
            told["refused by ONNX Runtime"] += 1
            continue
        inputs, outputs = runner.get_inputs(), runner.get_outputs()
        if not all(spec.type in TYPES for spec in [*inputs, *outputs]):
            told["with sequences or optionals, which the protocol cannot carry"] += 1
            continue
        try:
            asked = [(values, wanted, run(runner, outputs, values)) for values, wanted in cases(folder, inputs)]
        except Exception:
            told["refused by ONNX Runtime"] += 1
            continue
        told["ran" if asked else "without a stored case"] += 1
        for values, wanted, expected in asked:
            again = [run(runner, outputs, values) for _ in range(REPEATS)]
            random = not all(equal(a, b) for repeat in again for a, b in zip(repeat, expected))
            if random:
                told["of them random, compared by type and shape"] += 1
            elif not all(alike(a, b) for a, b in zip(expected, wanted)):
                told["of them answered by ONNX Runtime itself otherwise than stored"] += 1
            compared = same_kind if random else equal
            for transport in transports:
                try:
                    found = transport.ask(name, inputs, values, outputs)
                except Exception as e:
                    wrong.append(f"{name}, {transport.name}: {e}")
                    continue
                if found is None:
                    continue
                told[f"answers by {transport.name}"] += 1
                for output, a, b in zip(outputs, found, expected):
                    if not compared(a, b):
                        wrong.append(f"{name}, {transport.name}, {output.name}: {a!r} came, expected {b!r}")
    for what, count in told.items():
        print(f"{count:5} {what}")
    for line in wrong:
        print(f"FAIL {line[:500]}")
    print(f"{len(wrong)} differences")
    sys.exit(1 if wrong or told["ran"] < 900 else 0)


onnxruntime.set_default_logger_severity(4)
if sys.argv[1] == "prepare":
    prepare(*sys.argv[2:])
else:
    compare(*sys.argv[2:])
