package dev.tidegate.workbench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A way to a server on loopback whose connections can go dead without being closed, as when a cable
 * is drawn: what is sent on them goes nowhere. New connections work.
 */
public final class FrozenWire implements AutoCloseable {
    private final ServerSocket door;
    private final int target;
    private final List<Way> ways = new CopyOnWriteArrayList<>();

    public FrozenWire(int target) {
        this.target = target;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("The wire cannot listen", e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** How many connections came so far. */
    public int connections() {
        return ways.size();
    }

    /** Lets nothing more through on the connections that are there. */
    public void freeze() {
        ways.forEach(way -> way.frozen = true);
    }

    private void accept() {
        try {
            while (!door.isClosed()) {
                Way way = new Way(door.accept(), new Socket(door.getInetAddress(), target));
                ways.add(way);
                Thread.ofVirtual().start(() -> way.pass(way.client, way.server));
                Thread.ofVirtual().start(() -> way.pass(way.server, way.client));
            }
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Way way : ways) {
                way.client.close();
                way.server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The wire cannot be closed", e);
        }
    }

    private static final class Way {
        final Socket client;
        final Socket server;
        volatile boolean frozen;

        Way(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        /** Passes bytes on until one side is closed; a frozen way takes them and keeps them. */
        void pass(Socket from, Socket to) {
            byte[] bytes = new byte[8192];
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                    if (!frozen) {
                        out.write(bytes, 0, n);
                        out.flush();
                    }
                }
            } catch (IOException e) {
                // One side is gone, which ends the way.
                frozen = true;
            }
        }
    }
}
