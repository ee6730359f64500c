package dev.tidegate.server.faults;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Ordinary clients over HTTP/1.1 that ask one model until nobody listens any more. */
final class RestLoad implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final String BODY =
            "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,1],\"data\":[5]}]}";

    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong answered = new AtomicLong();
    private final Thread[] threads = new Thread[CLIENTS];
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;
    private volatile boolean over;

    RestLoad(int port) {
        request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/v2/models/m/infer"))
                        .POST(HttpRequest.BodyPublishers.ofString(BODY))
                        .build();
        for (int i = 0; i < CLIENTS; i++) {
            threads[i] = Thread.ofPlatform().name("rest-load-" + i).start(this::askOnAndOn);
        }
    }

    private void askOnAndOn() {
        while (!over) {
            try {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    answered.incrementAndGet();
                } else {
                    failures.add(response.statusCode() + ": " + response.body());
                }
            } catch (ConnectException nobodyListens) {
                over = true;
            } catch (IOException e) {
                if (!isReset(e)) {
                    failures.add(answered + " answers, then " + Throwables.getRootCause(e));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                over = true;
            }
        }
    }

    /** The kernel resets connections that no server had taken when the port closed. */
    private static boolean isReset(IOException e) {
        return String.valueOf(Throwables.getRootCause(e).getMessage()).contains("reset");
    }

    long answered() {
        return answered.get();
    }

    /** Returns what came instead of an answer, for each request that a server had taken. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        over = true;
        for (Thread thread : threads) {
            Uninterruptibles.joinUninterruptibly(thread);
        }
        client.close();
    }
}
