package dev.tidegate.server.inference.onnx.bare;

import ai.onnxruntime.OrtException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** One call, answered on the transport's thread as soon as its message is there. */
final class TunedCall extends ServerCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> call;
    private final Supplier<? extends RowScore> runs;
    private final TunedAnswerProtoMapper answers;

    TunedCall(
            ServerCall<byte[], byte[]> call,
            Supplier<? extends RowScore> runs,
            TunedAnswerProtoMapper answers) {
        this.call = call;
        this.runs = runs;
        this.answers = answers;
        call.request(1);
    }

    @Override
    public void onMessage(byte[] message) {
        try {
            int row = TunedAnswerProtoMapper.row(message);
            float score = runs.get().score(ByteBuffer.wrap(message), row);
            call.sendHeaders(new Metadata());
            call.sendMessage(answers.answer(score));
            call.close(Status.OK, new Metadata());
        } catch (IOException | OrtException e) {
            System.err.println(BareServer.FAILED + e);
            call.close(Status.INTERNAL.withDescription(e.getMessage()), new Metadata());
        }
    }
}
