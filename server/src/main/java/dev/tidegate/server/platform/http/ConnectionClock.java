package dev.tidegate.server.platform.http;

import dev.tidegate.server.platform.time.MonotonicClock;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections that hold the server up: with half a request, or with none for long.
 *
 * <p>It counts from the first byte of a request to its last, so that a client which sends a byte
 * now and then is met too.
 */
final class ConnectionClock extends ChannelInboundHandlerAdapter {
    private static final long SHORTEST_LOOK = TimeUnit.MILLISECONDS.toNanos(10);

    private final MonotonicClock clock;
    private final long request;
    private final long idle;
    private boolean receiving;
    private boolean working;
    private long since;
    private @Nullable Future<?> next;

    ConnectionClock(MonotonicClock clock, Duration request, Duration idle) {
        this.clock = clock;
        this.request = request.toNanos();
        this.idle = idle.toNanos();
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
            context.fireUserEventTriggered(new Late(Duration.ofNanos(request)));
        } else if (!working && !receiving && now - since >= idle) {
            context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        } else {
            long pause = Math.max(SHORTEST_LOOK, Math.min(request, idle) / 4);
            next = context.executor().schedule(() -> look(context), pause, TimeUnit.NANOSECONDS);
        }
    }

    /** What the connection is told when a request does not end. */
    record Late(Duration limit) {}
}
