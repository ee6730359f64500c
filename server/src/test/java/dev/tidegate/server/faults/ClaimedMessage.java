package dev.tidegate.server.faults;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelInferResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A call whose message begins with the claim of a size, sends its first megabytes and waits then:
 * what a server answers before the message is there.
 */
final class ClaimedMessage {
    private static final int SENT_FIRST = 4 << 20;

    private final CompletableFuture<Status> status = new CompletableFuture<>();
    private final CountDownLatch answered = new CountDownLatch(1);

    /**
     * Returns how the server ended the call.
     *
     * @param others calls on the same channel meanwhile; they take what is sent first along, which
     *     the channel would keep until the message is whole
     */
    static Status send(Channel channel, int claimedBytes, Runnable others) throws Exception {
        return new ClaimedMessage().call(channel, claimedBytes, others);
    }

    private Status call(Channel channel, int claimedBytes, Runnable others) throws Exception {
        ClientCall<Integer, ModelInferResponse> call =
                channel.newCall(
                        GRPCInferenceServiceGrpc.getModelInferMethod().toBuilder(
                                        new Claim(),
                                        GRPCInferenceServiceGrpc.getModelInferMethod()
                                                .getResponseMarshaller())
                                .build(),
                        CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.MINUTES));
        call.start(new Ending(), new Metadata());
        call.request(1);
        Thread sender = Thread.ofVirtual().start(() -> call.sendMessage(claimedBytes));
        try {
            while (!status.isDone()) {
                others.run();
            }
            return status.get();
        } finally {
            answered.countDown();
            sender.join();
        }
    }

    private final class Ending extends ClientCall.Listener<ModelInferResponse> {
        @Override
        public void onClose(Status end, Metadata trailers) {
            status.complete(end);
        }
    }

    private final class Claim implements MethodDescriptor.Marshaller<Integer> {
        @Override
        public InputStream stream(Integer claimedBytes) {
            return new Zeros(claimedBytes);
        }

        @Override
        public Integer parse(InputStream stream) {
            throw new UnsupportedOperationException("a claim is only sent");
        }
    }

    private final class Zeros extends InputStream implements KnownLength {
        private final int claimed;
        private int sent;

        Zeros(int claimed) {
            this.claimed = claimed;
        }

        @Override
        public int available() {
            return claimed;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (sent >= SENT_FIRST) {
                awaitAnswer();
                return -1;
            }
            Arrays.fill(target, offset, offset + length, (byte) 0);
            sent += length;
            return length;
        }

        private void awaitAnswer() throws IOException {
            try {
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}
