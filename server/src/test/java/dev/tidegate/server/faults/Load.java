package dev.tidegate.server.faults;

import com.google.protobuf.ByteString;
import dev.tidegate.proto.inference.GRPCInferenceServiceGrpc;
import dev.tidegate.proto.inference.InferParameter;
import dev.tidegate.proto.inference.ModelInferRequest;
import dev.tidegate.proto.inference.ModelInferRequest.InferInputTensor;
import dev.tidegate.proto.inference.ModelInferResponse;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An ordinary client that asks one model again and again and remembers what it asked and got. */
final class Load implements AutoCloseable {
    private static final int CLIENTS = 4;

    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Map<String, String> answered = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<String> reasons = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong next = new AtomicLong();
    private final Thread[] threads = new Thread[CLIENTS];
    private volatile Channel channel;
    private volatile boolean over;

    Load(Channel channel) {
        this.channel = channel;
        for (int i = 0; i < CLIENTS; i++) {
            threads[i] = Thread.ofPlatform().name("load-" + i).start(this::ask);
        }
    }

    /** Goes on against another server. */
    void redirect(Channel other) {
        channel = other;
    }

    /** Returns the clients' ids of all requests. */
    Set<String> sent() {
        return sent;
    }

    /** Returns the server's prediction id by the client's id, of all answers. */
    Map<String, String> answered() {
        return answered;
    }

    /** Returns why the newest answers came from the version that gave them. */
    Set<String> reasonsOfTheNewest(int answers) {
        Set<String> newest = new HashSet<>();
        Iterator<String> fromTheEnd = reasons.descendingIterator();
        for (int i = 0; i < answers && fromTheEnd.hasNext(); i++) {
            newest.add(fromTheEnd.next());
        }
        return newest;
    }

    /** Returns the requests that got no answer, each with what came instead. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    private void ask() {
        while (!over) {
            long number = next.incrementAndGet();
            String id = "c" + number;
            sent.add(id);
            try {
                ModelInferResponse response =
                        GRPCInferenceServiceGrpc.newBlockingStub(channel)
                                .withDeadlineAfter(10, TimeUnit.SECONDS)
                                .modelInfer(request(id, number));
                answered.put(
                        id,
                        response.getParametersOrThrow("tidegate_prediction_id").getStringParam());
                reasons.addLast(response.getParametersOrThrow("tidegate_reason").getStringParam());
                pause(2);
            } catch (StatusRuntimeException e) {
                failures.add(id + " after " + answered.size() + " answers: " + e.getMessage());
                pause(20);
            }
        }
    }

    private static ModelInferRequest request(String id, long number) {
        return ModelInferRequest.newBuilder()
                .setModelName("m")
                .setId(id)
                .putParameters(
                        "tidegate_unit",
                        InferParameter.newBuilder().setStringParam("u" + number % 5000).build())
                .addInputs(
                        InferInputTensor.newBuilder()
                                .setName("x")
                                .setDatatype("FP32")
                                .addShape(1)
                                .addShape(1))
                .addRawInputContents(
                        ByteString.copyFrom(
                                ByteBuffer.allocate(4)
                                        .order(ByteOrder.LITTLE_ENDIAN)
                                        .putFloat((float) (number % 1000))
                                        .flip()))
                .build();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Stops asking; returns when the last answer is in. */
    void stop() {
        over = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
