package dev.tidegate.server.benchmark.inference;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;

/** Calls of ModelInfer with one message, and how long they took. */
final class GrpcCalls implements AutoCloseable {
    private static final long LONGEST_NANOS = 60_000_000_000L;

    /** A server that fails so often need not be asked on. */
    private static final long HOPELESS = 100;

    private static final MethodDescriptor<byte[], byte[]> METHOD =
            MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName("inference.GRPCInferenceService/ModelInfer")
                    .build();

    private final List<ManagedChannel> channels;
    private final byte[] message;
    private final ConcurrentHistogram nanos = new ConcurrentHistogram(LONGEST_NANOS, 3);
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicInteger next = new AtomicInteger();

    GrpcCalls(Target.Grpc target, int connections, byte[] message) {
        this.message = message;
        this.channels = Stream.generate(() -> channel(target)).limit(connections).toList();
    }

    private static ManagedChannel channel(Target.Grpc target) {
        return NettyChannelBuilder.forAddress("127.0.0.1", target.port())
                .usePlaintext()
                .directExecutor()
                .intercept(target.attached())
                .build();
    }

    /**
     * Asks once.
     *
     * @param since when its time begins to count, nanoseconds of the monotonic clock
     * @param then what to do when it has ended
     */
    void ask(long since, Runnable then) {
        ManagedChannel channel =
                channels.get(Math.floorMod(next.getAndIncrement(), channels.size()));
        ClientCalls.asyncUnaryCall(
                channel.newCall(METHOD, CallOptions.DEFAULT),
                message,
                new StreamObserver<byte[]>() {
                    @Override
                    public void onNext(byte[] answer) {
                        nanos.recordValue(Math.clamp(System.nanoTime() - since, 0, LONGEST_NANOS));
                    }

                    @Override
                    public void onError(Throwable failure) {
                        if (failed.getAndIncrement() == 0) {
                            System.err.println("the first request that failed: " + failure);
                        }
                        then.run();
                    }

                    @Override
                    public void onCompleted() {
                        answered.getAndIncrement();
                        then.run();
                    }
                });
    }

    boolean isHopeless() {
        return failed.get() > HOPELESS;
    }

    /** Forgets how long the calls took so far. */
    void reset() {
        nanos.reset();
    }

    /** Returns what the calls since the last reset came to, and all failures. */
    LoadResult result(double seconds) {
        return LoadResult.of(nanos, seconds, answered.get(), failed.get());
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    /** Messages stay bytes. */
    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException("an answer cannot be read", e);
            }
        }
    }
}
