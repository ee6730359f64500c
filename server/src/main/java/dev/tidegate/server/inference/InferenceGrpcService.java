package dev.tidegate.server.inference;

import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.server.platform.grpc.EventLoops;
import dev.tidegate.server.platform.grpc.ServerStream;
import dev.tidegate.server.registry.SignatureJson;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/** The Open Inference Protocol over gRPC; inference takes its messages as they are on the wire. */
@Singleton
final class InferenceGrpcService implements BindableService {
    private final MetadataGrpcService others;
    private final InferenceFlow flow;
    private final ServerStream lifecycle;
    private final int streamWindow;
    private final EventLoops loops;

    InferenceGrpcService(
            ServedModels models,
            ServedRepository repository,
            ModelReportsProtoMapper reports,
            SignatureJson signatures,
            Workers workers,
            ServerStream lifecycle,
            InferenceFlow flow,
            InferenceConfig config,
            EventLoops loops) {
        this.others =
                new MetadataGrpcService(
                        models, repository, reports, signatures, workers, lifecycle);
        this.flow = flow;
        this.lifecycle = lifecycle;
        this.streamWindow = config.streamRequests();
        this.loops = loops;
    }

    @Override
    public ServerServiceDefinition bindService() {
        ServerServiceDefinition standard = others.bindService();
        Map<String, ServerMethodDefinition<?, ?>> methods = new LinkedHashMap<>();
        standard.getMethods().forEach(method -> put(methods, method));
        put(
                methods,
                onTheWire(
                        GRPCInferenceServiceGrpc.getModelInferMethod(),
                        (call, headers) -> new InferCall(call, headers, flow, loops)));
        put(
                methods,
                onTheWire(
                        GRPCInferenceServiceGrpc.getModelStreamInferMethod(),
                        (call, headers) ->
                                new StreamCall(
                                        call, headers, flow, lifecycle, loops, streamWindow)));
        return service(standard.getServiceDescriptor(), methods);
    }

    private static void put(
            Map<String, ServerMethodDefinition<?, ?>> methods,
            ServerMethodDefinition<?, ?> method) {
        methods.put(method.getMethodDescriptor().getFullMethodName(), method);
    }

    private static ServerMethodDefinition<byte[], byte[]> onTheWire(
            MethodDescriptor<?, ?> method, ServerCallHandler<byte[], byte[]> handler) {
        return ServerMethodDefinition.create(
                method.toBuilder(new BytesMarshaller(), new BytesMarshaller()).build(), handler);
    }

    private static ServerServiceDefinition service(
            ServiceDescriptor standard, Map<String, ServerMethodDefinition<?, ?>> methods) {
        ServiceDescriptor.Builder descriptor =
                ServiceDescriptor.newBuilder(standard.getName())
                        .setSchemaDescriptor(standard.getSchemaDescriptor());
        methods.values().forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder service =
                ServerServiceDefinition.builder(descriptor.build());
        methods.values().forEach(service::addMethod);
        return service.build();
    }
}
