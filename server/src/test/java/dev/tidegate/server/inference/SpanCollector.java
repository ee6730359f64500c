package dev.tidegate.server.inference;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A collector that takes OTLP over HTTP; reads the spans' fields by their numbers. */
final class SpanCollector implements AutoCloseable {
    private final HttpServer server;
    private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    SpanCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:%d/v1/traces".formatted(server.getAddress().getPort());
    }

    List<String> authorizations() {
        return authorizations;
    }

    /** Returns the spans of a trace once a span without a parent in this server has come. */
    List<ReceivedSpan> await(String trace) {
        Awaitility.await().until(() -> of(trace).stream().anyMatch(span -> span.kind() == 2));
        return of(trace);
    }

    List<ReceivedSpan> of(String trace) {
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        authorizations.add(
                exchange.getRequestHeaders().getOrDefault("authorization", List.of("")).getFirst());
        UnknownFieldSet request =
                UnknownFieldSet.parseFrom(exchange.getRequestBody().readAllBytes());
        for (UnknownFieldSet resource : messages(request, 1)) {
            for (UnknownFieldSet scope : messages(resource, 2)) {
                for (UnknownFieldSet span : messages(scope, 2)) {
                    spans.add(span(span));
                }
            }
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static ReceivedSpan span(UnknownFieldSet span) throws IOException {
        Map<String, String> attributes =
                messages(span, 9).stream()
                        .collect(Collectors.toMap(each -> text(each, 1), SpanCollector::value));
        List<UnknownFieldSet> status = messages(span, 15);
        boolean failed =
                status.stream()
                        .flatMap(each -> each.getField(3).getVarintList().stream())
                        .anyMatch(code -> code == 2);
        return new ReceivedSpan(
                hex(span, 1),
                hex(span, 2),
                hex(span, 4),
                text(span, 5),
                span.getField(6).getVarintList().getFirst(),
                span.getField(7).getFixed64List().getFirst(),
                span.getField(8).getFixed64List().getFirst(),
                attributes,
                failed);
    }

    private static String value(UnknownFieldSet attribute) {
        try {
            return text(messages(attribute, 2).getFirst(), 1);
        } catch (IOException e) {
            throw new IllegalStateException("an attribute cannot be read", e);
        }
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet of, int field)
            throws IOException {
        List<UnknownFieldSet> messages = new CopyOnWriteArrayList<>();
        for (ByteString each : of.getField(field).getLengthDelimitedList()) {
            messages.add(UnknownFieldSet.parseFrom(each));
        }
        return messages;
    }

    private static String text(UnknownFieldSet of, int field) {
        return of.getField(field).getLengthDelimitedList().getFirst().toStringUtf8();
    }

    private static String hex(UnknownFieldSet of, int field) {
        return of.getField(field).getLengthDelimitedList().stream()
                .map(bytes -> HexFormat.of().formatHex(bytes.toByteArray()))
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /**
     * A span as it came.
     *
     * @param parent empty when it has none
     * @param kind 1 internal, 2 server
     * @param begun nanoseconds since 1970
     * @param ended the same
     */
    record ReceivedSpan(
            String trace,
            String id,
            String parent,
            String name,
            long kind,
            long begun,
            long ended,
            Map<String, String> attributes,
            boolean failed) {}
}
