package dev.tidegate.server;

import dev.tidegate.server.platform.grpc.GrpcEdge;
import dev.tidegate.server.platform.home.Home;
import dev.tidegate.server.platform.lifecycle.Startup;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.order.OrderUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything that {@code tidegate serve} starts but HTTP, in this process. */
public final class WholeServer implements AutoCloseable {
    private final ApplicationContext context;
    private final GrpcEdge edge;
    private final int port;

    private WholeServer(Path home) {
        context = TestContext.start(home);
        List<Startup> steps = new ArrayList<>(context.getBeansOfType(Startup.class));
        OrderUtil.sort(steps);
        steps.forEach(Startup::start);
        edge = context.getBean(GrpcEdge.class);
        port = edge.start(0);
    }

    /** Returns a server that clients on this machine find by its home. */
    public static WholeServer start(Path home) throws IOException {
        WholeServer server = new WholeServer(home);
        Files.writeString(
                server.context.getBean(Home.class).serverFile(),
                "{\"grpc\":%d}".formatted(server.port));
        return server;
    }

    public int port() {
        return port;
    }

    public ApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        edge.close();
        context.close();
    }
}
