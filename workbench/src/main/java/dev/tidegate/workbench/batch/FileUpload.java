package dev.tidegate.workbench.batch;

import io.grpc.stub.ClientCallStreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** A file on its way into a call, in pieces, as fast as the server takes them. */
final class FileUpload<Q> {
    private static final int PIECE_BYTES = 1 << 20;

    private final InputStream content;
    private final Function<byte[], Q> piece;
    private boolean ended;

    FileUpload(InputStream content, Function<byte[], Q> piece) {
        this.content = content;
        this.piece = piece;
    }

    /** Sends what the call takes now; ends it behind the last piece. */
    void send(ClientCallStreamObserver<Q> call) {
        try {
            while (!ended && call.isReady()) {
                byte[] next = content.readNBytes(PIECE_BYTES);
                if (next.length == 0) {
                    ended = true;
                    call.onCompleted();
                } else {
                    call.onNext(piece.apply(next));
                }
            }
        } catch (IOException e) {
            ended = true;
            call.cancel("The file cannot be read: " + e.getMessage(), e);
        }
    }
}
