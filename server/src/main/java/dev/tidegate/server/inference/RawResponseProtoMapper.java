package dev.tidegate.server.inference;

import com.google.protobuf.CodedOutputStream;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.server.registry.RegisteredVersion;
import dev.tidegate.server.routing.RouteReason;
import dev.tidegate.server.stats.Arm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Answers of one version whose tensors go back raw, written without message objects in between.
 *
 * <p>Messages written one behind the other are read as one message, so what answers have in common
 * stays written. Source: Protocol Buffers, "Encoding", "Last One Wins".
 */
final class RawResponseProtoMapper {
    private final RegisteredVersion version;
    private final RawOutputProtoMapper[] outputs;
    private volatile @Nullable Head newest;

    RawResponseProtoMapper(RegisteredVersion version) {
        this.version = version;
        this.outputs =
                version.signature().outputs().stream()
                        .map(RawOutputProtoMapper::new)
                        .toArray(RawOutputProtoMapper[]::new);
    }

    /** Returns the message as it goes on the wire. */
    byte[] answer(Prediction prediction, Answer answer) {
        byte[] head = head(prediction, answer.reason()).bytes;
        Tensor[] tensors = answer.outputs();
        ByteBuffer[] contents = new ByteBuffer[tensors.length];
        int size = head.length + idSize(prediction.clientId());
        for (int i = 0; i < tensors.length; i++) {
            contents[i] = RawOutputProtoMapper.contents(tensors[i]);
            size += outputs[answer.wanted()[i]].size(tensors[i].shape(), contents[i]);
        }
        byte[] message = new byte[size];
        System.arraycopy(head, 0, message, 0, head.length);
        Head.putId(prediction.id(), message, head.length);
        try {
            CodedOutputStream out =
                    CodedOutputStream.newInstance(message, head.length, size - head.length);
            if (!prediction.clientId().isEmpty()) {
                out.writeString(ModelInferResponse.ID_FIELD_NUMBER, prediction.clientId());
            }
            for (int i = 0; i < tensors.length; i++) {
                outputs[answer.wanted()[i]].write(tensors[i].shape(), contents[i], out);
            }
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return message;
    }

    private static int idSize(String clientId) {
        return clientId.isEmpty()
                ? 0
                : CodedOutputStream.computeStringSize(ModelInferResponse.ID_FIELD_NUMBER, clientId);
    }

    private Head head(Prediction prediction, RouteReason reason) {
        Head known = newest;
        if (known == null || !known.fits(prediction, reason)) {
            known = new Head(version, prediction, reason);
            newest = known;
        }
        return known;
    }

    /** The fields that answers of one epoch, arm and reason share; the prediction's id is last. */
    private static final class Head {
        private static final int ID_LENGTH = 36;

        private final RouteReason reason;
        private final Arm arm;
        private final long epoch;
        private final byte[] bytes;

        Head(RegisteredVersion version, Prediction prediction, RouteReason reason) {
            this.reason = reason;
            this.arm = prediction.arm();
            this.epoch = prediction.epoch();
            ModelInferResponse.Builder shared =
                    ModelInferResponse.newBuilder()
                            .setModelName(version.model())
                            .setModelVersion(version.version());
            InferResponseProtoMapper.parameters(version, prediction, reason, shared);
            this.bytes = withIdLast(shared.build());
        }

        private static byte[] withIdLast(ModelInferResponse shared) {
            byte[] first =
                    shared.toBuilder()
                            .removeParameters(InferResponseProtoMapper.PREDICTION_ID)
                            .build()
                            .toByteArray();
            byte[] id =
                    ModelInferResponse.newBuilder()
                            .putParameters(
                                    InferResponseProtoMapper.PREDICTION_ID,
                                    shared.getParametersOrThrow(
                                            InferResponseProtoMapper.PREDICTION_ID))
                            .build()
                            .toByteArray();
            byte[] all = new byte[first.length + id.length];
            System.arraycopy(first, 0, all, 0, first.length);
            System.arraycopy(id, 0, all, first.length, id.length);
            return all;
        }

        boolean fits(Prediction prediction, RouteReason other) {
            return epoch == prediction.epoch() && reason == other && arm == prediction.arm();
        }

        /** Writes an id so that it ends before the given place. */
        static void putId(UUID id, byte[] message, int end) {
            byte[] text = id.toString().getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(text, 0, message, end - ID_LENGTH, ID_LENGTH);
        }
    }
}
