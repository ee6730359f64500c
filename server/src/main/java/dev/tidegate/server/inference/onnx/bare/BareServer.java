package dev.tidegate.server.inference.onnx.bare;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Serves one ONNX file on a free port of loopback until its input ends. */
public final class BareServer {
    /** How the line begins that a server writes of a request that fails. */
    public static final String FAILED = "a request failed: ";

    private BareServer() {}

    /**
     * Prints the port and waits.
     *
     * @param arguments the ONNX file
     */
    public static void main(String[] arguments)
            throws IOException, OrtException, InterruptedException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (SessionOptions options = BareRuns.options();
                OrtSession session = environment.createSession(arguments[0], options)) {
            serve(new BareGrpcService(environment, session).bindService());
        }
    }

    static void serve(ServerServiceDefinition service) throws IOException, InterruptedException {
        Server server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .directExecutor()
                        .addService(service)
                        .build()
                        .start();
        System.out.println(server.getPort());
        System.in.transferTo(OutputStream.nullOutputStream());
        server.shutdownNow().awaitTermination();
    }
}
