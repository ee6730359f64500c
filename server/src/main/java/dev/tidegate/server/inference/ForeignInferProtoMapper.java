package dev.tidegate.server.inference;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelInferResponse.InferOutputTensor;
import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.ModelSignature;
import dev.tidegate.server.registry.TensorSpec;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests to another server, and its answers held against the signature: what a model elsewhere
 * says is believed no more than what a client says.
 */
public final class ForeignInferProtoMapper {
    private final String model;
    private final String version;
    private final List<TensorSpec> inputs;
    private final List<InputPlan> outputs;
    private final ContentsProtoMapper contents = new ContentsProtoMapper();

    /**
     * @param model its name there
     * @param version its version there; empty: that server's own choice
     */
    public ForeignInferProtoMapper(String model, String version, ModelSignature signature) {
        this.model = model;
        this.version = version;
        this.inputs =
                signature.inputs().stream().sorted(Comparator.comparing(TensorSpec::name)).toList();
        this.outputs = signature.outputs().stream().map(spec -> InputPlan.ofOutput(spec)).toList();
    }

    /**
     * Returns the message as it goes on the wire, its tensors raw.
     *
     * @param tensors every input, in the order of their names
     * @param wanted places of outputs in the signature
     */
    public byte[] request(Tensor[] tensors, int[] wanted) {
        ModelInferRequest.Builder request =
                ModelInferRequest.newBuilder().setModelName(model).setModelVersion(version);
        for (int i = 0; i < tensors.length; i++) {
            InferInputTensor.Builder input =
                    InferInputTensor.newBuilder()
                            .setName(inputs.get(i).name())
                            .setDatatype(tensors[i].datatype().name());
            for (long dimension : tensors[i].shape()) {
                input.addShape(dimension);
            }
            request.addInputs(input);
            request.addRawInputContents(
                    UnsafeByteOperations.unsafeWrap(RawOutputProtoMapper.contents(tensors[i])));
        }
        for (int place : wanted) {
            request.addOutputs(
                    InferRequestedOutputTensor.newBuilder().setName(outputs.get(place).name()));
        }
        return request.build().toByteArray();
    }

    /**
     * Returns the wanted outputs of an answer.
     *
     * @throws TidegateException INTERNAL when one is missing or is not what the signature says
     */
    public Tensor[] answer(byte[] wire, int[] wanted) {
        try {
            ModelInferResponse response = ModelInferResponse.parseFrom(wire);
            Map<String, Integer> places = new HashMap<>();
            for (int i = 0; i < response.getOutputsCount(); i++) {
                places.put(response.getOutputs(i).getName(), i);
            }
            Tensor[] tensors = new Tensor[wanted.length];
            for (int i = 0; i < wanted.length; i++) {
                tensors[i] = output(outputs.get(wanted[i]), response, places);
            }
            return tensors;
        } catch (InvalidProtocolBufferException e) {
            throw refused(
                    "the answer of %d bytes is no ModelInferResponse: %s"
                            .formatted(wire.length, e.getMessage()));
        } catch (TidegateException e) {
            throw refused("the answer is not what the signature says: " + e.text());
        }
    }

    private static TidegateException refused(String what) {
        return new TidegateException(ErrorCode.INTERNAL, what);
    }

    private Tensor output(
            InputPlan plan, ModelInferResponse response, Map<String, Integer> places) {
        Integer place = places.get(plan.name());
        if (place == null) {
            throw plan.invalid("it is missing; " + Nearest.list(places.keySet()) + " came");
        }
        InferOutputTensor output = response.getOutputs(place);
        plan.requireDatatype(output.getDatatype());
        long[] shape = output.getShapeList().stream().mapToLong(Long::longValue).toArray();
        long elements = plan.requireShape(shape);
        if (response.getRawOutputContentsCount() == 0) {
            return contents.read(plan, output.getContents(), shape, elements);
        }
        if (response.getRawOutputContentsCount() != response.getOutputsCount()) {
            throw plan.invalid(
                    "%d raw contents came for %d outputs"
                            .formatted(
                                    response.getRawOutputContentsCount(),
                                    response.getOutputsCount()));
        }
        return raw(plan, response.getRawOutputContents(place), shape, elements);
    }

    private static Tensor raw(InputPlan plan, ByteString bytes, long[] shape, long elements) {
        if (plan.datatype() == DataType.BYTES) {
            return new StringTensor(
                    shape, RawStrings.decode(plan, bytes.asReadOnlyByteBuffer(), elements));
        }
        plan.requireBytes(bytes.size(), shape, elements);
        return new NumericTensor(plan.datatype(), shape, bytes.asReadOnlyByteBuffer());
    }
}
