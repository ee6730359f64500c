package dev.tidegate.server.inference.onnx.bare;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.server.inference.BytesMarshaller;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import java.util.function.Supplier;

/** ModelInfer alone, with messages as they are on the wire. */
final class TunedGrpcService implements BindableService {
    private final Supplier<? extends RowScore> runs;
    private final TunedAnswerProtoMapper answers;

    /**
     * @param runs those of the calling thread
     */
    TunedGrpcService(Supplier<? extends RowScore> runs, TunedAnswerProtoMapper answers) {
        this.runs = runs;
        this.answers = answers;
    }

    @Override
    public ServerServiceDefinition bindService() {
        MethodDescriptor<byte[], byte[]> infer =
                GRPCInferenceServiceGrpc.getModelInferMethod().toBuilder(
                                new BytesMarshaller(), new BytesMarshaller())
                        .build();
        return ServerServiceDefinition.builder(GRPCInferenceServiceGrpc.SERVICE_NAME)
                .addMethod(infer, (call, headers) -> new TunedCall(call, runs, answers))
                .build();
    }
}
