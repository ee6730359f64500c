package dev.tidegate.server.platform.http;

import dev.tidegate.server.platform.time.MonotonicClock;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections that hold the server up: with half a request, with none for long, or with
 * answers that nobody reads.
 *
 * <p>It counts from the first byte of a request to its last, so that a client which sends a byte
 * now and then is met too. Of an answer the client must take some within each time for writing.
 */
final class ConnectionClock extends ChannelInboundHandlerAdapter {
    private static final long SHORTEST_LOOK = TimeUnit.MILLISECONDS.toNanos(10);

    private final MonotonicClock clock;
    private final long request;
    private final long idle;
    private final long write;
    private final ReadProgress progress;
    private boolean receiving;
    private boolean working;
    private long since;
    private @Nullable Future<?> next;

    ConnectionClock(MonotonicClock clock, Duration request, Duration idle, Duration write) {
        this.clock = clock;
        this.request = request.toNanos();
        this.idle = idle.toNanos();
        this.write = write.toNanos();
        this.progress = new ReadProgress(this.write);
    }

    /** A request is there as a whole. */
    void received() {
        receiving = false;
        working = true;
    }

    /** A request is answered, and no other is at work. */
    void answered() {
        working = false;
        if (!receiving) {
            since = clock.nanos();
        }
    }

    /** The server reads on, after a time in which it did not. */
    void resumed() {
        since = clock.nanos();
    }

    /** The last answer is out; the client gets as long to see it as for a request. */
    void lingers() {
        working = false;
        receiving = true;
        since = clock.nanos();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        since = clock.nanos();
        look(context);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (!receiving) {
            receiving = true;
            since = clock.nanos();
        }
        context.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Future<?> set = next;
        if (set != null) {
            set.cancel(false);
        }
        context.fireChannelInactive();
    }

    private void look(ChannelHandlerContext context) {
        long now = clock.nanos();
        if (!working && receiving && now - since >= request) {
            since = now;
            context.fireUserEventTriggered(new Late(Duration.ofNanos(request)));
        } else if ((!working && !receiving && now - since >= idle) || isStuck(context, now)) {
            context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
            return;
        }
        long pause = Math.max(SHORTEST_LOOK, Math.min(Math.min(request, idle), write) / 4);
        next = context.executor().schedule(() -> look(context), pause, TimeUnit.NANOSECONDS);
    }

    private boolean isStuck(ChannelHandlerContext context, long now) {
        ChannelOutboundBuffer out = context.channel().unsafe().outboundBuffer();
        long left = out == null ? 0 : out.totalPendingWriteBytes() - out.currentProgress();
        return progress.isStuck(left, now);
    }

    /** What the connection is told when a request does not end. */
    record Late(Duration limit) {}
}
