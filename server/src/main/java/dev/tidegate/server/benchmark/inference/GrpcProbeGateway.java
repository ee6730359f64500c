package dev.tidegate.server.benchmark.inference;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Asks a server once, to see that it answers and what. */
final class GrpcProbeGateway {
    private final Target.Grpc target;
    private final ModelInferRequest request;

    /**
     * @param message file with the request as it goes on the wire
     */
    GrpcProbeGateway(Target.Grpc target, Path message) throws IOException {
        this.target = target;
        this.request = ModelInferRequest.parseFrom(Files.readAllBytes(message));
    }

    float score() {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", target.port())
                        .usePlaintext()
                        .intercept(target.attached())
                        .build();
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
