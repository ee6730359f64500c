package dev.tidegate.server.benchmark.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks one thing over and over until its input ends, and says between whiles how it went. */
public final class SteadyLoad {
    private SteadyLoad() {}

    /**
     * Prints a {@link LoadResult} for each byte of its input: what came since the one before, and
     * all failures so far.
     *
     * @param arguments port, concurrency, file with the message, and any number of headers
     */
    public static void main(String[] arguments)
            throws IOException, InterruptedException, ExecutionException {
        int concurrency = Integer.parseInt(arguments[1]);
        Target.Grpc target =
                new Target.Grpc(
                        Integer.parseInt(arguments[0]),
                        List.of(arguments).subList(3, arguments.length));
        byte[] message = Files.readAllBytes(Path.of(arguments[2]));
        AtomicBoolean isOver = new AtomicBoolean();
        try (GrpcCalls calls =
                        new GrpcCalls(
                                target, Math.min(concurrency, LoadClient.CONNECTIONS), message);
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<?> load =
                    executor.submit(
                            () -> {
                                new CallsInTurn(calls, concurrency).run(isOver::get);
                                return calls;
                            });
            try {
                answerQuestions(calls);
            } finally {
                isOver.set(true);
            }
            load.get();
        }
    }

    private static void answerQuestions(GrpcCalls calls) throws IOException {
        long since = System.nanoTime();
        while (System.in.read() >= 0) {
            long now = System.nanoTime();
            System.out.println(calls.result((now - since) / 1e9).line());
            calls.reset();
            since = now;
        }
    }
}
