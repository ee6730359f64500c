package dev.tidegate.server.benchmark.inference;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs another program, and says beside it what its threads have allocated. */
public final class CountedProgram {
    private CountedProgram() {}

    /**
     * Answers each connection on loopback with an {@link Allocations}, and runs the program.
     *
     * @param arguments file that gets the port, class of the program, and what that is told
     */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Files.writeString(Path.of(arguments[0]), Integer.toString(socket.getLocalPort()));
        Thread.ofPlatform().daemon().name("allocations").start(() -> answer(socket));
        try {
            Class.forName(arguments[1])
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) Arrays.copyOfRange(arguments, 2, arguments.length));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(arguments[1] + " failed", e.getCause());
        }
    }

    private static void answer(ServerSocket socket) {
        while (true) {
            try (Socket asked = socket.accept();
                    OutputStream out = asked.getOutputStream()) {
                out.write(Allocations.ofThisMachine().line().getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                System.err.println("allocations cannot be told: " + e);
            }
        }
    }
}
