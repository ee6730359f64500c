package dev.tidegate.server.benchmark.inference;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.ByteOrder;

/** Asks a server once, to see that it answers and what. */
final class GrpcProbeGateway {
    private final int port;
    private final ModelInferRequest request;

    GrpcProbeGateway(int port, byte[] message) throws InvalidProtocolBufferException {
        this.port = port;
        this.request = ModelInferRequest.parseFrom(message);
    }

    float score() {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            ModelInferResponse response =
                    GRPCInferenceServiceGrpc.newBlockingStub(channel)
                            .withWaitForReady()
                            .modelInfer(request);
            return response.getRawOutputContents(0)
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getFloat();
        } finally {
            channel.shutdownNow();
        }
    }
}
