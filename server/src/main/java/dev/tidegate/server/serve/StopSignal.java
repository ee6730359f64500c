package dev.tidegate.server.serve;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * When the process is asked to end.
 *
 * <p>SIGTERM, SIGINT and SIGHUP are taken from the Java virtual machine. It would answer them by
 * running all shutdown hooks at once, ONNX Runtime's own among them, which closes the runtime under
 * the calls that still drain. So the server drains first, and the process exits after that. A
 * second signal ends the process at once, with 128 and the signal's number.
 */
final class StopSignal implements AutoCloseable {
    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

    private final CountDownLatch given = new CountDownLatch(1);
    private final List<SignalHandling> handlings;

    StopSignal() {
        handlings =
                NAMES.stream()
                        .flatMap(name -> SignalHandling.install(name, this::onSignal).stream())
                        .toList();
    }

    private void onSignal(int number) {
        if (given.getCount() == 0) {
            Runtime.getRuntime().halt(128 + number);
        }
        give();
    }

    /** Asks the process to end. */
    void give() {
        given.countDown();
    }

    /** Returns when the process is asked to end. */
    void await() {
        try {
            given.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives the signals back to whoever had them. */
    @Override
    public void close() {
        handlings.forEach(SignalHandling::restore);
    }
}
