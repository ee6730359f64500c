package dev.tidegate.server.serve;

import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.grpc.EdgeConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports that were free a moment ago. */
record Ports(int http, int grpc, int management) {

    /**
     * Checks that all three can be listened on, before anything is started, and picks free ones for
     * 0.
     */
    static Ports reserve(EdgeConfig edge) {
        try (ServerSocket first = listen(edge.bind(), edge.httpPort(), "--http-port");
                ServerSocket second = listen(edge.bind(), edge.grpcPort(), "--grpc-port");
                ServerSocket third =
                        listen(
                                edge.managementAddress(),
                                edge.managementPort(),
                                "--management-port")) {
            return new Ports(first.getLocalPort(), second.getLocalPort(), third.getLocalPort());
        } catch (IOException e) {
            throw TidegateException.invalid("ports cannot be given back: " + e.getMessage());
        }
    }

    private static ServerSocket listen(String bind, int port, String flag) {
        if (port < 0 || port > 65_535) {
            throw TidegateException.invalid(flag + " " + port + " is no port; expected 0 to 65535");
        }
        ServerSocket socket = null;
        try {
            socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
            return socket;
        } catch (IOException e) {
            closeQuietly(socket);
            throw TidegateException.invalid(
                    flag
                            + " "
                            + port
                            + " cannot be listened on at "
                            + bind
                            + ": "
                            + e.getMessage()
                            + "; stop what listens there, or choose another port (0 picks a free one)");
        }
    }

    private static void closeQuietly(@org.jspecify.annotations.Nullable ServerSocket socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                throw TidegateException.invalid("a socket cannot be closed: " + e.getMessage());
            }
        }
    }
}
