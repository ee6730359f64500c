package dev.tidegate.server.benchmark.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Asks one thing over and over, in a process of its own. */
public final class GrpcLoad {
    /** A client that is not warm would measure itself. */
    private static final double LONGEST_WARM_UP_SECONDS = 5;

    private GrpcLoad() {}

    /**
     * Prints a {@link LoadResult}.
     *
     * @param arguments port, concurrency or 0, requests a second or 0, seconds, file with the
     *     message, and any number of headers
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Load load =
                new Load(
                        Integer.parseInt(arguments[1]),
                        Double.parseDouble(arguments[2]),
                        Duration.ofSeconds(Long.parseLong(arguments[3])));
        Target.Grpc target =
                new Target.Grpc(
                        Integer.parseInt(arguments[0]),
                        List.of(arguments).subList(5, arguments.length));
        Path message = Path.of(arguments[4]);
        double seconds = load.duration().toSeconds();
        try (GrpcCalls calls =
                new GrpcCalls(target, load.connections(), Files.readAllBytes(message))) {
            run(calls, load, Math.min(LONGEST_WARM_UP_SECONDS, seconds));
            calls.reset();
            long begin = System.nanoTime();
            run(calls, load, seconds);
            System.out.println(calls.result((System.nanoTime() - begin) / 1e9).line());
        }
    }

    private static void run(GrpcCalls calls, Load load, double seconds)
            throws InterruptedException {
        if (load.isPaced()) {
            new PacedCalls(calls, load.rate()).run(seconds);
        } else {
            new CallsInTurn(calls, load.concurrency()).run(seconds);
        }
    }
}
