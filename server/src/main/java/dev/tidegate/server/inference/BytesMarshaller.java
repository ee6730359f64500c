package dev.tidegate.server.inference;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Messages as they are on the wire. The journal keeps them like that, so they are neither written
 * again after they were read nor read again after they were written.
 */
public final class BytesMarshaller implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
        return new Message(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
        try {
            return stream instanceof KnownLength ? exactly(stream) : stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("a message could not be read", e);
        }
    }

    private static byte[] exactly(InputStream stream) throws IOException {
        byte[] message = new byte[stream.available()];
        int read = stream.readNBytes(message, 0, message.length);
        if (read != message.length) {
            throw new IOException("%d bytes came, expected %d".formatted(read, message.length));
        }
        return message;
    }

    /** Goes out in one piece. */
    private static final class Message extends ByteArrayInputStream
            implements Drainable, KnownLength {
        Message(byte[] message) {
            super(message);
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            int length = count - pos;
            target.write(buf, pos, length);
            pos = count;
            return length;
        }
    }
}
