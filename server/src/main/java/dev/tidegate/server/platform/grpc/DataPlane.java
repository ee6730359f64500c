package dev.tidegate.server.platform.grpc;

import io.grpc.MethodDescriptor;
import java.util.Set;

/** The services whose calls stay on the transport's thread and need no key on loopback. */
public final class DataPlane {
    private static final Set<String> SERVICES =
            Set.of(
                    "inference.GRPCInferenceService",
                    "grpc.health.v1.Health",
                    "grpc.reflection.v1.ServerReflection");

    private DataPlane() {}

    public static boolean serves(MethodDescriptor<?, ?> method) {
        String service = method.getServiceName();
        return service != null && SERVICES.contains(service);
    }
}
