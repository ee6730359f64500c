package dev.tidegate.server.platform.storage;

import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Answers of commands by the client's request id, so that a repeat changes nothing. */
@Singleton
public final class RequestsDone {
    /**
     * Returns the first answer to the request id, doing the work when there is none yet.
     *
     * @param requestId empty: the work is always done
     * @param work runs in the given transaction and returns the answer's bytes
     */
    public byte[] once(
            Handle tx, String principal, String method, String requestId, Supplier<byte[]> work) {
        if (requestId.isEmpty()) {
            return work.get();
        }
        tx.createQuery("select pg_advisory_xact_lock(hashtextextended(:key, 0))::text")
                .bind("key", principal + '\n' + method + '\n' + requestId)
                .mapTo(String.class)
                .one();
        return tx.createQuery(
                        "select response from request_done"
                                + " where principal = :principal and method = :method and request_id = :id")
                .bind("principal", principal)
                .bind("method", method)
                .bind("id", requestId)
                .mapTo(byte[].class)
                .findOne()
                .orElseGet(() -> keep(tx, principal, method, requestId, work.get()));
    }

    private static byte[] keep(
            Handle tx, String principal, String method, String requestId, byte[] response) {
        tx.createUpdate(
                        "insert into request_done (principal, method, request_id, response)"
                                + " values (:principal, :method, :id, :response)")
                .bind("principal", principal)
                .bind("method", method)
                .bind("id", requestId)
                .bind("response", response)
                .execute();
        return response;
    }
}
