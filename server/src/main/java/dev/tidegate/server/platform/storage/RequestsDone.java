package dev.tidegate.server.platform.storage;

import dev.tidegate.server.platform.error.TidegateException;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Answers of commands by the client's request id, so that a repeat changes nothing. */
@Singleton
public final class RequestsDone {
    /**
     * A command as its client means it.
     *
     * @param principal id of the key that it came with
     * @param method what kind of command it is
     * @param id the client's request id; empty: the work is always done
     * @param asked what it wants, in any form that is the same for the same wish
     */
    public record Request(String principal, String method, String id, String asked) {}

    /**
     * Returns the first answer to the request, doing the work when there is none yet.
     *
     * @param work runs in the given transaction and returns the answer's bytes
     * @throws TidegateException with kind conflict when the id came before with another wish
     */
    public byte[] once(Handle tx, Request request, Supplier<byte[]> work) {
        if (request.id.isEmpty()) {
            return work.get();
        }
        tx.createQuery("select pg_advisory_xact_lock(hashtextextended(:key, 0))::text")
                .bind("key", request.principal + '\n' + request.method + '\n' + request.id)
                .mapTo(String.class)
                .one();
        return before(tx, request).orElseGet(() -> keep(tx, request, work.get()));
    }

    /**
     * Returns the first answer to the request, if it was answered.
     *
     * @throws TidegateException with kind conflict when the id came before with another wish
     */
    public Optional<byte[]> answer(Handle handle, Request request) {
        return request.id.isEmpty() ? Optional.empty() : before(handle, request);
    }

    private static Optional<byte[]> before(Handle handle, Request request) {
        return handle.createQuery(
                        "select response, asked = sha256(convert_to(:asked, 'UTF8')) as same"
                                + " from request_done where principal = :principal"
                                + " and method = :method and request_id = :id")
                .bindMethods(request)
                .map(
                        (row, context) -> {
                            if (!row.getBoolean("same")) {
                                throw TidegateException.conflict(
                                        "request id '%s' came before with another %s; give each command an id of its own"
                                                .formatted(request.id, request.method));
                            }
                            return row.getBytes("response");
                        })
                .findOne();
    }

    private static byte[] keep(Handle tx, Request request, byte[] response) {
        tx.createUpdate(
                        "insert into request_done (principal, method, request_id, response, asked)"
                                + " values (:principal, :method, :id, :response,"
                                + " sha256(convert_to(:asked, 'UTF8')))")
                .bindMethods(request)
                .bind("response", response)
                .execute();
        return response;
    }
}
