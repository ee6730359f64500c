package dev.tidegate.server.inference;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.proto.inference.ModelInferRequest.InferRequestedOutputTensor;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.DataType;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One inference request, held against the signature while it is read. */
final class InferRequestProtoMapper {
    static final String UNIT = "tidegate_unit";

    private final ContentsProtoMapper contents = new ContentsProtoMapper();
    private final ModelInferRequest request;

    private InferRequestProtoMapper(ModelInferRequest request) {
        this.request = request;
    }

    /** Returns the message; its raw tensors stay where they are in the given bytes. */
    static InferRequestProtoMapper parse(byte[] wire) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(wire);
            in.enableAliasing(true);
            return new InferRequestProtoMapper(ModelInferRequest.parseFrom(in));
        } catch (InvalidProtocolBufferException e) {
            throw TidegateException.invalid(
                    "the message of %d bytes is no ModelInferRequest: %s"
                            .formatted(wire.length, e.getMessage()));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    /** Returns the message as it is. */
    static InferRequestProtoMapper of(ModelInferRequest request) {
        return new InferRequestProtoMapper(request);
    }

    String model() {
        return request.getModelName();
    }

    /** Returns the version that the client named, empty for the server's own choice. */
    String version() {
        return request.getModelVersion();
    }

    String id() {
        return request.getId();
    }

    /** Returns every input in the order of their names, or refuses the request. */
    Tensor[] inputs(SignaturePlan plan) {
        boolean raw = isRaw();
        if (raw) {
            requireOneEach();
        }
        @Nullable Tensor[] tensors = new Tensor[plan.inputCount()];
        for (int i = 0; i < request.getInputsCount(); i++) {
            InferInputTensor given = request.getInputs(i);
            InputPlan input = plan.input(given.getName());
            if (tensors[input.place()] != null) {
                throw input.invalid("came twice, expected once");
            }
            tensors[input.place()] =
                    raw ? raw(input, given, request.getRawInputContents(i)) : typed(input, given);
        }
        return plan.complete(tensors);
    }

    private boolean isRaw() {
        return request.getRawInputContentsCount() > 0;
    }

    /** Returns whether the answer goes back raw; without any input that is what clients expect. */
    boolean wantsRaw() {
        return isRaw() || request.getInputsCount() == 0;
    }

    /** Returns the names of the outputs that are wanted, none for all. */
    List<String> outputs() {
        if (request.getOutputsCount() == 0) {
            return List.of();
        }
        List<String> names =
                request.getOutputsList().stream().map(InferRequestedOutputTensor::getName).toList();
        if (names.stream().distinct().count() < names.size()) {
            throw TidegateException.invalid(
                    "requested outputs %s came, expected each one once"
                            .formatted(Nearest.list(names)));
        }
        return names;
    }

    /** Returns the unit that the client named, null when it named none. */
    @Nullable String unit() {
        if (request.getParametersCount() == 0) {
            return null;
        }
        InferParameter unit = request.getParametersMap().get(UNIT);
        if (unit == null) {
            return null;
        }
        return switch (unit.getParameterChoiceCase()) {
            case STRING_PARAM -> unit.getStringParam();
            case INT64_PARAM -> Long.toString(unit.getInt64Param());
            case UINT64_PARAM -> Long.toUnsignedString(unit.getUint64Param());
            case BOOL_PARAM, DOUBLE_PARAM, PARAMETERCHOICE_NOT_SET ->
                    throw TidegateException.invalid(
                            "parameter '%s': %s came, expected a string"
                                    .formatted(UNIT, unit.getParameterChoiceCase()));
        };
    }

    private void requireOneEach() {
        if (request.getRawInputContentsCount() != request.getInputsCount()) {
            throw TidegateException.invalid(
                    "raw_input_contents has %d entries, expected %d, one for each input"
                            .formatted(
                                    request.getRawInputContentsCount(), request.getInputsCount()));
        }
    }

    private static Tensor raw(InputPlan input, InferInputTensor given, ByteString bytes) {
        if (given.hasContents()) {
            throw input.invalid(
                    "both contents and raw_input_contents came, expected one of them for the whole"
                            + " request");
        }
        input.requireDatatype(given.getDatatype());
        long[] shape = shape(given);
        long elements = input.requireShape(shape);
        if (input.datatype() == DataType.BYTES) {
            return new StringTensor(
                    shape, RawStrings.decode(input, bytes.asReadOnlyByteBuffer(), elements));
        }
        input.requireBytes(bytes.size(), shape, elements);
        return new NumericTensor(input.datatype(), shape, bytes.asReadOnlyByteBuffer());
    }

    private Tensor typed(InputPlan input, InferInputTensor given) {
        input.requireDatatype(given.getDatatype());
        long[] shape = shape(given);
        long elements = input.requireShape(shape);
        if (!given.hasContents() && elements > 0) {
            throw input.invalid(
                    "neither contents nor raw_input_contents came, expected %d elements for shape %s"
                            .formatted(elements, InputPlan.text(shape)));
        }
        return contents.read(input, given.getContents(), shape, elements);
    }

    private static long[] shape(InferInputTensor given) {
        long[] shape = new long[given.getShapeCount()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = given.getShape(axis);
        }
        return shape;
    }
}
