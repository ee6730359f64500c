package dev.tidegate.server.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A socket to the HTTP port and what comes from it, for tests. */
final class WireClient implements AutoCloseable {
    /** What has not come by then never will; only a fault waits for it. */
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;

    WireClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    Answer get(String path, String... headers) throws IOException {
        send(
                "GET %s HTTP/1.1\r\nhost: localhost\r\n%s\r\n"
                        .formatted(
                                path,
                                headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n"));
        return answer();
    }

    void post(byte[] body, String headers) throws IOException {
        post("/echo", body, headers);
    }

    void post(String path, byte[] body, String headers) throws IOException {
        send(
                "POST %s HTTP/1.1\r\n%scontent-length: %d\r\n\r\n"
                        .formatted(path, headers, body.length));
        send(body);
    }

    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("the connection ended after: %s", head).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }

    Answer answer() throws IOException {
        String head = head();
        int from = head.indexOf("content-length: ") + 16;
        int length = Integer.parseInt(head.substring(from, head.indexOf('\r', from)));
        return new Answer(head, socket.getInputStream().readNBytes(length));
    }

    void leave() throws IOException {
        socket.close();
    }

    boolean hasAnswer() throws IOException {
        return socket.getInputStream().available() > 0;
    }

    boolean isAtEnd() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Answer(String head, byte[] bytes) {
        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        String body() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
