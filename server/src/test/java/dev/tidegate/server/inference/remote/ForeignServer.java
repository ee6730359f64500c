package dev.tidegate.server.inference.remote;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import dev.tidegate.proto.inference.ModelInferResponse.InferOutputTensor;
import dev.tidegate.proto.inference.ModelMetadataRequest;
import dev.tidegate.proto.inference.ModelMetadataResponse;
import dev.tidegate.proto.inference.ModelMetadataResponse.TensorMetadata;
import dev.tidegate.proto.inference.ModelReadyRequest;
import dev.tidegate.proto.inference.ModelReadyResponse;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A server of the Open Inference Protocol that adds to x, and does what a test tells it to. */
public final class ForeignServer extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase
        implements AutoCloseable {
    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();
    final List<ModelInferRequest> requests = new CopyOnWriteArrayList<>();
    final List<StreamObserver<ModelInferResponse>> unanswered = new CopyOnWriteArrayList<>();

    /** The header of W3C Trace Context that each request came with, empty where there was none. */
    public final List<String> traceParents = new CopyOnWriteArrayList<>();

    volatile boolean ready = true;
    private volatile boolean silent;
    private final Queue<StreamObserver<ModelReadyResponse>> asking = new ConcurrentLinkedQueue<>();
    volatile String datatype = "FP32";
    public volatile BiConsumer<ModelInferRequest, StreamObserver<ModelInferResponse>> behaviour;
    private final float plus;
    private int port;
    private Server server;

    public ForeignServer(float plus) {
        this.plus = plus;
        this.behaviour = this::answer;
        start();
    }

    /** Listens, on the port that it had before when there was one. */
    public void start() {
        try {
            server =
                    NettyServerBuilder.forAddress(
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                            .addService(ServerInterceptors.intercept(this, this::listen))
                            .build()
                            .start();
            port = server.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <Q, A> ServerCall.Listener<Q> listen(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (call.getMethodDescriptor()
                .getFullMethodName()
                .equals(GRPCInferenceServiceGrpc.getModelInferMethod().getFullMethodName())) {
            String header =
                    headers.get(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER));
            traceParents.add(header == null ? "" : header);
        }
        return next.startCall(call, headers);
    }

    /** Ends at once, with what is under way. */
    public void die() {
        server.shutdownNow();
        try {
            server.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public String address() {
        return "grpc://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    /** Says nothing to whoever asks whether it is ready, until {@link #speak}. */
    public void keepSilent() {
        silent = true;
    }

    public void speak() {
        silent = false;
        for (var each = asking.poll(); each != null; each = asking.poll()) {
            modelReady(ModelReadyRequest.getDefaultInstance(), each);
        }
    }

    /** Never answers. */
    void hang() {
        behaviour = (request, observer) -> unanswered.add(observer);
    }

    public void heal() {
        behaviour = this::answer;
    }

    public void answer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
        float x =
                request.getRawInputContents(0)
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getFloat();
        reply(observer, response("y", "FP32", List.of(1L, 1L), x + plus));
    }

    static ModelInferResponse response(
            String name, String datatype, List<Long> shape, float value) {
        return ModelInferResponse.newBuilder()
                .addOutputs(
                        InferOutputTensor.newBuilder()
                                .setName(name)
                                .setDatatype(datatype)
                                .addAllShape(shape))
                .addRawOutputContents(raw(value))
                .build();
    }

    static void reply(StreamObserver<ModelInferResponse> observer, ModelInferResponse response) {
        observer.onNext(response);
        observer.onCompleted();
    }

    private static ByteString raw(float value) {
        byte[] bytes =
                java.nio.ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putFloat(value)
                        .array();
        return ByteString.copyFrom(bytes);
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
        ((ServerCallStreamObserver<ModelInferResponse>) observer)
                .setOnCancelHandler(cancelled::incrementAndGet);
        requests.add(request);
        asked.incrementAndGet();
        behaviour.accept(request, observer);
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> observer) {
        if (silent) {
            asking.add(observer);
            return;
        }
        observer.onNext(ModelReadyResponse.newBuilder().setReady(ready).build());
        observer.onCompleted();
    }

    @Override
    public void modelMetadata(
            ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> observer) {
        observer.onNext(
                ModelMetadataResponse.newBuilder()
                        .setName(request.getName())
                        .addInputs(tensor("x", datatype))
                        .addOutputs(tensor("y", datatype))
                        .build());
        observer.onCompleted();
    }

    private static TensorMetadata tensor(String name, String datatype) {
        return TensorMetadata.newBuilder()
                .setName(name)
                .setDatatype(datatype)
                .addShape(-1)
                .addShape(1)
                .build();
    }

    @Override
    public void close() {
        die();
    }
}
