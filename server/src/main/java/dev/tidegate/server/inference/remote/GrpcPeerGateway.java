package dev.tidegate.server.inference.remote;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceFutureStub;
import dev.tidegate.proto.inference.ModelMetadataRequest;
import dev.tidegate.proto.inference.ModelMetadataResponse;
import dev.tidegate.proto.inference.ModelMetadataResponse.TensorMetadata;
import dev.tidegate.proto.inference.ModelReadyRequest;
import dev.tidegate.server.inference.BytesMarshaller;
import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.DataType;
import dev.tidegate.server.registry.Graph;
import dev.tidegate.server.registry.RemoteAddress;
import dev.tidegate.server.registry.RemotePlace;
import dev.tidegate.server.registry.TensorSpec;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/** One server of a remote version, over one connection. */
final class GrpcPeerGateway implements AutoCloseable {
    private static final MethodDescriptor<byte[], byte[]> INFER =
            GRPCInferenceServiceGrpc.getModelInferMethod().toBuilder(
                            new BytesMarshaller(), new BytesMarshaller())
                    .build();

    private static final Metadata.Key<String> TRACE_PARENT =
            Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

    private final RemotePlace place;
    private final RemoteConfig config;
    private final ManagedChannel channel;
    private final GRPCInferenceServiceFutureStub stub;

    GrpcPeerGateway(RemoteAddress address, RemotePlace place, RemoteConfig config) {
        this.place = place;
        this.config = config;
        NettyChannelBuilder builder =
                NettyChannelBuilder.forAddress(address.host(), address.port())
                        .directExecutor()
                        .maxInboundMessageSize(config.maxAnswerBytes());
        this.channel = secure(builder, address, config).build();
        this.stub = GRPCInferenceServiceGrpc.newFutureStub(channel);
    }

    private static NettyChannelBuilder secure(
            NettyChannelBuilder builder, RemoteAddress address, RemoteConfig config) {
        if (!address.tls()) {
            return builder.usePlaintext();
        }
        if (config.certificateAuthorities().isPresent()) {
            trust(builder, config.certificateAuthorities().get());
        }
        return builder.useTransportSecurity();
    }

    private static void trust(NettyChannelBuilder builder, Path authorities) {
        try {
            builder.sslContext(
                    GrpcSslContexts.forClient().trustManager(authorities.toFile()).build());
        } catch (SSLException | IllegalArgumentException e) {
            throw TidegateException.precondition(
                    "tidegate.remote.certificate-authorities: %s has no certificates that can be read: %s"
                            .formatted(authorities, e.getMessage()));
        }
    }

    /**
     * Asks for an answer; to cancel the future ends the call there too.
     *
     * @param traceParent header of W3C Trace Context that goes with it
     * @param patience nanoseconds
     */
    ListenableFuture<byte[]> infer(byte[] request, Optional<String> traceParent, long patience) {
        Metadata headers = new Metadata();
        traceParent.ifPresent(text -> headers.put(TRACE_PARENT, text));
        return ClientCalls.futureUnaryCall(
                MetadataUtils.newAttachHeadersInterceptor(headers)
                        .interceptCall(
                                INFER,
                                CallOptions.DEFAULT.withDeadlineAfter(
                                        patience, TimeUnit.NANOSECONDS),
                                channel),
                request);
    }

    /**
     * Lets the connection be, on which nothing is heard any more; what is under way there goes on.
     * The next call makes a new one.
     */
    void reconnect() {
        channel.enterIdle();
    }

    /** Asks whether the model is ready, on a fresh connection when the last one failed. */
    ListenableFuture<Boolean> isReady() {
        channel.resetConnectBackoff();
        ModelReadyRequest request =
                ModelReadyRequest.newBuilder()
                        .setName(place.model())
                        .setVersion(place.version())
                        .build();
        return Futures.transform(
                hurried().modelReady(request),
                answer -> answer.getReady(),
                MoreExecutors.directExecutor());
    }

    /** Asks what the model takes and gives. */
    ListenableFuture<Graph> graph() {
        ModelMetadataRequest request =
                ModelMetadataRequest.newBuilder()
                        .setName(place.model())
                        .setVersion(place.version())
                        .build();
        return Futures.transform(
                hurried().modelMetadata(request),
                GrpcPeerGateway::graph,
                MoreExecutors.directExecutor());
    }

    private GRPCInferenceServiceFutureStub hurried() {
        Duration patience = config.probeTimeout();
        return stub.withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Graph graph(ModelMetadataResponse answer) {
        Function<List<TensorMetadata>, List<TensorSpec>> specs =
                tensors -> tensors.stream().map(GrpcPeerGateway::spec).toList();
        return new Graph(specs.apply(answer.getInputsList()), specs.apply(answer.getOutputsList()));
    }

    private static TensorSpec spec(TensorMetadata tensor) {
        DataType datatype =
                Arrays.stream(DataType.values())
                        .filter(known -> known.name().equals(tensor.getDatatype()))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        TidegateException.invalid(
                                                "tensor '%s' has datatype '%s' there, expected one of %s"
                                                        .formatted(
                                                                Excerpt.of(tensor.getName()),
                                                                Excerpt.of(tensor.getDatatype()),
                                                                Arrays.toString(
                                                                        DataType.values()))));
        return new TensorSpec(tensor.getName(), datatype, tensor.getShapeList());
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
