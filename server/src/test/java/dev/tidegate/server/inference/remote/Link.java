package dev.tidegate.server.inference.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to a server on which connections can fall silent without ending, as behind a firewall. */
final class Link implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final List<Way> ways = new CopyOnWriteArrayList<>();

    Link(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Lets nothing through any more on the connections that there are; new ones work. */
    void silence() {
        ways.forEach(way -> way.silent = true);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket near = listener.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                ways.add(new Way(near, far));
                ways.add(new Way(far, near));
            } catch (IOException e) {
                close();
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        ways.forEach(Way::close);
    }

    /** One direction of a connection. */
    private static final class Way {
        private final Socket from;
        private final Socket to;
        private volatile boolean silent;

        Way(Socket from, Socket to) {
            this.from = from;
            this.to = to;
            Thread.ofVirtual().start(this::pass);
        }

        private void pass() {
            byte[] buffer = new byte[8192];
            try (InputStream in = from.getInputStream()) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (!silent) {
                        to.getOutputStream().write(buffer, 0, n);
                    }
                }
            } catch (IOException e) {
                close();
            }
        }

        void close() {
            try {
                from.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
