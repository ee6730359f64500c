package dev.tidegate.server.benchmark.inference;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/** A collector of traces that takes everything and keeps nothing. */
final class TraceSink implements AutoCloseable {
    private static final String PATH = "/v1/traces";

    private final HttpServer server;
    private final AtomicLong deliveries = new AtomicLong();

    private TraceSink(HttpServer server) {
        this.server = server;
    }

    static TraceSink start() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TraceSink sink = new TraceSink(server);
        server.createContext(PATH, sink::take);
        server.start();
        return sink;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            exchange.sendResponseHeaders(200, -1);
            deliveries.incrementAndGet();
        }
    }

    /** Returns where traces are delivered. */
    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    /** Returns how many deliveries came. */
    long deliveries() {
        return deliveries.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
