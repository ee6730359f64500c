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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;

/** Asks one thing over and over, as many times at once as it is told. */
public final class GrpcLoad {
    /** A client that is not warm would measure itself. */
    private static final double WARM_UP_SECONDS = 5;

    private static final long LONGEST_NANOS = 60_000_000_000L;

    private static final MethodDescriptor<byte[], byte[]> METHOD =
            MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName("inference.GRPCInferenceService/ModelInfer")
                    .build();

    private final List<ManagedChannel> channels;
    private final byte[] message;
    private final ConcurrentHistogram nanos = new ConcurrentHistogram(LONGEST_NANOS, 3);
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger next = new AtomicInteger();

    private GrpcLoad(List<ManagedChannel> channels, byte[] message) {
        this.channels = channels;
        this.message = message;
    }

    /**
     * Prints answers a second, p50 and p99 in microseconds.
     *
     * @param arguments port, concurrency, seconds, file with the message
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int concurrency = Integer.parseInt(arguments[1]);
        List<ManagedChannel> channels = new ArrayList<>();
        for (int i = 0; i < Math.min(concurrency, LoadClient.CONNECTIONS); i++) {
            channels.add(
                    NettyChannelBuilder.forAddress("127.0.0.1", Integer.parseInt(arguments[0]))
                            .usePlaintext()
                            .directExecutor()
                            .build());
        }
        GrpcLoad load = new GrpcLoad(channels, Files.readAllBytes(Path.of(arguments[3])));
        load.run(concurrency, WARM_UP_SECONDS);
        load.nanos.reset();
        double seconds = Double.parseDouble(arguments[2]);
        load.run(concurrency, seconds);
        System.out.printf(
                Locale.ROOT,
                "%.0f %.1f %.1f%n",
                load.nanos.getTotalCount() / seconds,
                load.nanos.getValueAtPercentile(50) / 1e3,
                load.nanos.getValueAtPercentile(99) / 1e3);
        channels.forEach(ManagedChannel::shutdownNow);
    }

    private void run(int concurrency, double seconds) throws InterruptedException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        CountDownLatch done = new CountDownLatch(concurrency);
        for (int i = 0; i < concurrency; i++) {
            ask(end, done);
        }
        done.await();
        if (!failures.isEmpty()) {
            throw new IllegalStateException("requests failed", failures.peek());
        }
    }

    private void ask(long end, CountDownLatch done) {
        long start = System.nanoTime();
        if (start - end >= 0) {
            done.countDown();
            return;
        }
        ManagedChannel channel =
                channels.get(Math.floorMod(next.getAndIncrement(), channels.size()));
        ClientCalls.asyncUnaryCall(
                channel.newCall(METHOD, CallOptions.DEFAULT),
                message,
                new StreamObserver<byte[]>() {
                    @Override
                    public void onNext(byte[] answer) {
                        nanos.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - start));
                    }

                    @Override
                    public void onError(Throwable failure) {
                        failures.add(failure);
                        done.countDown();
                    }

                    @Override
                    public void onCompleted() {
                        ask(end, done);
                    }
                });
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
