package dev.tidegate.server.platform.http;

import dev.tidegate.server.platform.http.Incoming.Received;
import dev.tidegate.server.platform.http.Incoming.Refused;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the body of an admitted request together, no larger than may be, and no more than is left
 * for all connections. What came is copied out of the transport's buffers at once.
 */
final class BodyReader extends ChannelInboundHandlerAdapter {
    private static final byte[] NONE = {};
    private static final int FIRST_BYTES = 8192;

    /** Up to here a body that is announced gets its whole room at once. */
    private static final int TRUSTED = 1 << 16;

    private final int most;
    private final BodyBudget budget;
    private @Nullable AdmittedHead head;
    private BodyBudget.Share share;
    private byte[] bytes = NONE;
    private int size;

    BodyReader(int most, BodyBudget budget) {
        this.most = most;
        this.budget = budget;
        this.share = budget.open();
    }

    /** Returns what a client is told for whose answer there is no room. */
    HttpReply noRoom() {
        return budget.noRoom();
    }

    /** Returns how many bytes of a body are there that is not there as a whole. */
    int held() {
        return bytes.length;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch (message) {
            case AdmittedHead admitted -> head = admitted;
            case HttpContent content -> {
                try {
                    add(context, content);
                } finally {
                    content.release();
                }
            }
            case Refused refused -> context.fireChannelRead(refused);
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void add(ChannelHandlerContext context, HttpContent content) {
        AdmittedHead admitted = head;
        if (admitted == null || !append(context, admitted, content.content())) {
            return;
        }
        if (content instanceof LastHttpContent) {
            byte[] body = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
            Received whole = new Received(admitted.head(), admitted.admitted(), body, share);
            begin();
            context.fireChannelRead(whole);
        }
    }

    /** Returns false when the body is not taken. */
    private boolean append(ChannelHandlerContext context, AdmittedHead admitted, ByteBuf content) {
        int more = content.readableBytes();
        if (more > most - size) {
            drop();
            context.fireChannelRead(Refused.last(tooLarge(most)));
            return false;
        }
        if (size + more > bytes.length && !grow(admitted.announced(), size + more)) {
            drop();
            context.fireChannelRead(Refused.last(budget.noRoom()));
            return false;
        }
        content.readBytes(bytes, size, more);
        size += more;
        return true;
    }

    private boolean grow(long announced, int needed) {
        int length = length(announced, needed);
        if (!share.grow(length - bytes.length)) {
            return false;
        }
        bytes = Arrays.copyOf(bytes, length);
        return true;
    }

    private int length(long announced, int needed) {
        if (announced >= needed && announced <= TRUSTED) {
            return (int) announced;
        }
        long doubled = Math.max(Math.max(2L * bytes.length, FIRST_BYTES), needed);
        long limit = announced >= needed ? Math.min(announced, most) : most;
        return (int) Math.min(doubled, limit);
    }

    private void begin() {
        head = null;
        bytes = NONE;
        size = 0;
        share = budget.open();
    }

    private void drop() {
        share.close();
        begin();
    }

    static HttpReply tooLarge(int most) {
        return FailureReply.of(
                413,
                "the body has more than %d bytes, which is the most that is taken".formatted(most),
                Map.of());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        drop();
        context.fireExceptionCaught(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        drop();
        context.fireChannelInactive();
    }
}
