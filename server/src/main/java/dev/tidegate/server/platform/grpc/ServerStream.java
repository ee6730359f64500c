package dev.tidegate.server.platform.grpc;

import dev.tidegate.server.platform.error.TidegateException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live streams: what is newest goes out at each beat, and only when the client can take it, so that
 * a slow client gets fewer messages and never old ones.
 */
@Singleton
public final class ServerStream {
    private static final Logger LOG = LoggerFactory.getLogger(ServerStream.class);

    /** Pause in which the client takes a message before the next. */
    private static final Duration CATCHING_UP = Duration.ofMillis(5);

    private final Set<Runnable> endings = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    /**
     * Sends until the client goes, its key is revoked or the server drains. Runs on the caller's
     * thread, which may wait.
     *
     * @param next the message of this beat, or empty when there is nothing new
     */
    public <T> void run(StreamObserver<T> observer, Duration beat, Supplier<Optional<T>> next) {
        run(observer, beat, next, () -> false);
    }

    /**
     * As above; what is too large for one message goes out in several, one right behind the other.
     *
     * @param more whether the message after the last one is there already
     */
    public <T> void run(
            StreamObserver<T> observer,
            Duration beat,
            Supplier<Optional<T>> next,
            BooleanSupplier more) {
        ServerCallStreamObserver<T> call = (ServerCallStreamObserver<T>) observer;
        Admission admission = Admission.current();
        while (!call.isCancelled()) {
            admission.check();
            requireServing();
            if (call.isReady()) {
                next.get().ifPresent(call::onNext);
            }
            sleep(more.getAsBoolean() ? CATCHING_UP : beat);
        }
    }

    /**
     * Sends each message once, as fast as the client takes them, and ends the call.
     *
     * @param next the next message; empty after the last
     */
    public <T> void sendAll(StreamObserver<T> observer, Supplier<Optional<T>> next) {
        ServerCallStreamObserver<T> call = (ServerCallStreamObserver<T>) observer;
        Admission admission = Admission.current();
        while (!call.isCancelled()) {
            admission.check();
            if (!call.isReady()) {
                sleep(CATCHING_UP);
                continue;
            }
            Optional<T> message = next.get();
            if (message.isEmpty()) {
                call.onCompleted();
                return;
            }
            call.onNext(message.get());
        }
    }

    /**
     * Sends what is newest at each beat, and ends the call behind the last message.
     *
     * @param isLast whether nothing comes after a message
     */
    public <T> void runToEnd(
            StreamObserver<T> observer,
            Duration beat,
            Supplier<Optional<T>> next,
            Predicate<T> isLast) {
        ServerCallStreamObserver<T> call = (ServerCallStreamObserver<T>) observer;
        Admission admission = Admission.current();
        while (!call.isCancelled()) {
            admission.check();
            requireServing();
            Optional<T> message = call.isReady() ? next.get() : Optional.empty();
            message.ifPresent(call::onNext);
            if (message.filter(isLast).isPresent()) {
                call.onCompleted();
                return;
            }
            sleep(beat);
        }
    }

    private void requireServing() {
        if (draining) {
            throw TidegateException.unavailable("the server is shutting down; connect again");
        }
    }

    /** Returns whether the server is on its way out and wants no new work. */
    public boolean isDraining() {
        return draining;
    }

    void drain() {
        draining = true;
        endings.forEach(ServerStream::end);
    }

    /** One stream that cannot be ended does not keep the others open. */
    private static void end(Runnable ending) {
        try {
            ending.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a stream could not be ended while the server drains", e);
        }
    }

    /** Runs the ending when the server begins to drain; at once when it does so already. */
    public Drain whenDraining(Runnable ending) {
        endings.add(ending);
        if (draining) {
            ending.run();
        }
        return () -> endings.remove(ending);
    }

    /** What runs when the server begins to drain. */
    public interface Drain {

        /** The stream has ended by itself. */
        void forget();
    }

    private static void sleep(Duration beat) {
        try {
            Thread.sleep(beat);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TidegateException.unavailable("the server is shutting down; connect again");
        }
    }
}
