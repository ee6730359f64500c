package dev.tidegate.server.inference;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.server.platform.grpc.ServerStream;
import dev.tidegate.server.registry.SignatureJson;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import jakarta.inject.Singleton;

/** The Open Inference Protocol over gRPC; inference takes its messages as they are on the wire. */
@Singleton
final class InferenceGrpcService implements BindableService {
    private final MetadataGrpcService others;
    private final InferenceFlow flow;

    InferenceGrpcService(
            ServedModels models,
            SignatureJson signatures,
            Workers workers,
            ServerStream lifecycle,
            InferenceFlow flow) {
        this.others = new MetadataGrpcService(models, signatures, workers, lifecycle);
        this.flow = flow;
    }

    @Override
    public ServerServiceDefinition bindService() {
        ServerServiceDefinition standard = others.bindService();
        String infer = GRPCInferenceServiceGrpc.getModelInferMethod().getFullMethodName();
        MethodDescriptor<byte[], byte[]> wire =
                GRPCInferenceServiceGrpc.getModelInferMethod().toBuilder(
                                new BytesMarshaller(), new BytesMarshaller())
                        .build();
        ServiceDescriptor.Builder descriptor =
                ServiceDescriptor.newBuilder(standard.getServiceDescriptor().getName())
                        .setSchemaDescriptor(standard.getServiceDescriptor().getSchemaDescriptor())
                        .addMethod(wire);
        for (ServerMethodDefinition<?, ?> method : standard.getMethods()) {
            if (!method.getMethodDescriptor().getFullMethodName().equals(infer)) {
                descriptor.addMethod(method.getMethodDescriptor());
            }
        }
        ServerCallHandler<byte[], byte[]> handler =
                (call, headers) -> new InferCall(call, headers, flow);
        ServerServiceDefinition.Builder service =
                ServerServiceDefinition.builder(descriptor.build()).addMethod(wire, handler);
        for (ServerMethodDefinition<?, ?> method : standard.getMethods()) {
            if (!method.getMethodDescriptor().getFullMethodName().equals(infer)) {
                service.addMethod(method);
            }
        }
        return service.build();
    }
}
