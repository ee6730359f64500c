package dev.tidegate.server.cli;

import dev.tidegate.server.platform.error.ErrorCode;
import dev.tidegate.server.platform.error.TidegateException;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** A file on its way into a call, in pieces of at most 1 MiB, as fast as the server takes them. */
record FileChunks(Path file) {
    private static final int PIECE_BYTES = 1 << 20;

    /** Returns the file's size; a file that cannot be read is wrong use. */
    static long size(Path file) {
        if (!Files.isRegularFile(file)) {
            throw TidegateException.invalid("there is no file %s".formatted(file));
        }
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Sends the header and the file, and returns the only answer. */
    <Q, P> P send(BlockingClientCall<Q, P> call, Q header, Function<byte[], Q> piece)
            throws StatusException, InterruptedException {
        upload(call, header, piece);
        return answer(call);
    }

    /** Returns the only answer of a call whose requests are all sent. */
    static <Q, P> P answer(BlockingClientCall<Q, P> call)
            throws StatusException, InterruptedException {
        P answer = call.read();
        if (answer == null) {
            throw Status.INTERNAL
                    .withDescription("the server ended the call without an answer")
                    .asException();
        }
        return answer;
    }

    /** Sends the header and the file; stops when the server has ended the call. */
    <Q, P> void upload(BlockingClientCall<Q, P> call, Q header, Function<byte[], Q> piece)
            throws StatusException, InterruptedException {
        boolean open = call.write(header);
        try (InputStream content = Files.newInputStream(file)) {
            for (byte[] next = content.readNBytes(PIECE_BYTES);
                    open && next.length > 0;
                    next = content.readNBytes(PIECE_BYTES)) {
                open = call.write(piece.apply(next));
            }
            call.halfClose();
        } catch (IOException e) {
            call.cancel("the file cannot be read", e);
            throw unreadable(file, e);
        }
    }

    private static TidegateException unreadable(Path file, IOException cause) {
        return new TidegateException(
                ErrorCode.INVALID_ARGUMENT, "%s cannot be read: %s".formatted(file, cause), cause);
    }
}
