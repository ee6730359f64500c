package dev.tidegate.server.benchmark.inference;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Bytes that the threads of a virtual machine have allocated so far, by its own counters.
 *
 * @param transport on the threads that carry gRPC calls
 * @param all on all threads, those that have ended too
 */
record Allocations(long transport, long all) {
    /** Our threads of the transport, and those of a server that names none. */
    private static final Pattern TRANSPORT = Pattern.compile("grpc-.*(loop|worker).*");

    /** Returns those of this virtual machine. */
    static Allocations ofThisMachine() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] ids =
                Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                        .filter(Objects::nonNull)
                        .filter(thread -> TRANSPORT.matcher(thread.getThreadName()).matches())
                        .mapToLong(ThreadInfo::getThreadId)
                        .toArray();
        return new Allocations(
                Arrays.stream(threads.getThreadAllocatedBytes(ids))
                        .filter(bytes -> bytes > 0)
                        .sum(),
                threads.getTotalThreadAllocatedBytes());
    }

    /**
     * Asks a {@link CountedProgram}.
     *
     * @param port file in which it says its port
     */
    static Allocations ask(Path port) throws IOException {
        int number = Integer.parseInt(Files.readString(port));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), number);
                InputStream in = socket.getInputStream()) {
            List<String> fields =
                    List.of(
                            new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                                    .split(" ", -1));
            return new Allocations(
                    Long.parseLong(fields.getFirst()), Long.parseLong(fields.getLast()));
        }
    }

    /** Returns what {@link #ask} reads. */
    String line() {
        return transport + " " + all;
    }
}
