package dev.tidegate.server.platform.http;

import dev.tidegate.server.platform.http.Incoming.Received;
import dev.tidegate.server.platform.http.Incoming.Refused;
import dev.tidegate.server.platform.time.ReadableTime;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: its requests one after the other, each answered before the next begins.
 *
 * <p>All fields belong to the channel's event loop.
 */
final class HttpConnection extends SimpleChannelInboundHandler<Incoming> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    /** Requests that a client may send ahead before it is no longer read. */
    private static final int AHEAD = 16;

    /** Bytes of bodies that a client may send ahead before it is no longer read. */
    private static final int AHEAD_BYTES = 1 << 18;

    private final HttpRouter router;
    private final HeadGate gate;
    private final BodyReader reader;
    private final ConnectionClock clock;
    private final HttpAnswer answers;
    private final BooleanSupplier draining;
    private final Deque<Incoming> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private @Nullable HttpCall running;
    private boolean taking;
    private boolean paused;

    /** Nothing that comes in is taken any more. */
    private boolean ending;

    /** The last answer is on its way. */
    private boolean closing;

    private volatile @Nullable Channel channel;

    HttpConnection(
            HttpRouter router,
            HeadGate gate,
            BodyReader reader,
            ConnectionClock clock,
            HttpAnswer answers,
            BooleanSupplier draining) {
        this.router = router;
        this.gate = gate;
        this.reader = reader;
        this.clock = clock;
        this.answers = answers;
        this.draining = draining;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    private Channel channel() {
        return Objects.requireNonNull(channel, "the connection is not there yet");
    }

    boolean isOpen() {
        return channel().isActive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Incoming incoming) {
        if (ending) {
            incoming.release();
            return;
        }
        clock.received();
        waiting.add(incoming);
        waitingBytes += incoming.bytes();
        if (incoming instanceof Refused refused && refused.isLast()) {
            ending = true;
            gate.discard();
        }
        take();
        pause();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        pause();
        context.fireChannelReadComplete();
    }

    /** Reads no further while much waits for its turn. */
    private void pause() {
        boolean isBusy = running != null || !waiting.isEmpty();
        boolean isMuch = waiting.size() > AHEAD || waitingBytes + reader.held() > AHEAD_BYTES;
        if (isBusy && isMuch && !paused) {
            paused = true;
            channel().config().setAutoRead(false);
        }
    }

    /** Begins the next requests as long as each is answered at once and the client reads. */
    private void take() {
        if (taking) {
            return;
        }
        taking = true;
        try {
            while (running == null && !closing && !waiting.isEmpty() && channel().isWritable()) {
                Incoming next = waiting.remove();
                waitingBytes -= next.bytes();
                begin(next);
            }
        } finally {
            taking = false;
        }
        if (running == null && waiting.isEmpty() && !closing) {
            clock.answered();
            resume();
        }
    }

    private void resume() {
        if (paused) {
            paused = false;
            clock.resumed();
            channel().config().setAutoRead(true);
        }
    }

    private void begin(Incoming next) {
        switch (next) {
            case Received request -> {
                HttpCall call = router.call(this, request);
                running = call;
                router.dispatch(call);
            }
            case Refused refused -> {
                FullHttpResponse response = answers.of(refused.reply(), refused.head());
                if (refused.isLast()) {
                    refuse(response);
                } else {
                    write(response, isLast(refused.head()), refused::release);
                }
            }
        }
    }

    private boolean isLast(@Nullable HttpHead head) {
        return head == null
                || !head.isKeptAlive()
                || (draining.getAsBoolean() && waiting.isEmpty());
    }

    /** Returns the event loop on whose thread this is; null on any other thread. */
    @Nullable Executor loop() {
        return channel().eventLoop().inEventLoop() ? channel().eventLoop() : null;
    }

    /** Answers from any thread. */
    void finish(HttpCall call, HttpReply reply) {
        FullHttpResponse response = fitting(call, answers.of(reply, call.head()));
        if (channel().eventLoop().inEventLoop()) {
            finish(call, response);
        } else {
            channel().eventLoop().execute(() -> finish(call, response));
        }
    }

    private FullHttpResponse fitting(HttpCall call, FullHttpResponse response) {
        return call.makesRoomFor(response.content().readableBytes())
                ? response
                : answers.of(reader.noRoom(), call.head());
    }

    private void finish(HttpCall call, FullHttpResponse response) {
        running = null;
        write(response, isLast(call.head()), call::release);
        take();
    }

    private void write(FullHttpResponse response, boolean last, Runnable whenWritten) {
        if (last) {
            closing = true;
            ending = true;
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        channel()
                .writeAndFlush(response)
                .addListener(written -> whenWritten.run())
                .addListener(
                        last
                                ? ChannelFutureListener.CLOSE
                                : ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /**
     * Answers what is not taken, and ends the connection. What the client still sends is read and
     * thrown away until it has seen the answer: a socket closed with unread bytes would take it
     * from the client.
     */
    private void refuse(FullHttpResponse response) {
        closing = true;
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        channel().writeAndFlush(response).addListener(written -> endOutput());
        resume();
        clock.lingers();
    }

    private void endOutput() {
        DuplexChannel socket = (DuplexChannel) channel();
        SslHandler tls = socket.pipeline().get(SslHandler.class);
        if (tls == null) {
            end(socket.shutdownOutput());
        } else {
            tls.closeOutbound().addListener(closed -> end(socket.shutdownOutput()));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ConnectionClock.Late late) {
            refuseOrClose(context, late(late));
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    /** Answers in its turn what cannot be read on; closes when the last answer is out already. */
    private void refuseOrClose(ChannelHandlerContext context, HttpReply reply) {
        if (ending) {
            end(context.close());
        } else {
            channelRead0(context, Refused.last(reply));
        }
    }

    private static HttpReply late(ConnectionClock.Late late) {
        return FailureReply.of(
                408,
                "the request was not there as a whole within %s"
                        .formatted(ReadableTime.of(late.limit())),
                Map.of());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        take();
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closing = true;
        ending = true;
        waiting.forEach(Incoming::release);
        waiting.clear();
        HttpCall left = running;
        if (left != null) {
            left.gone();
            left.release();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("a client's connection broke", cause);
            end(context.close());
        } else {
            LOG.debug("a client sent what cannot be read", cause);
            refuseOrClose(context, Malformed.reply(cause));
        }
    }

    /**
     * Ends the connection when it waits for a request; one that is at work ends with its answer.
     */
    void closeWhenIdle() {
        channel()
                .eventLoop()
                .execute(
                        () -> {
                            if (running == null && waiting.isEmpty()) {
                                closing = true;
                                ending = true;
                                end(channel().close());
                            }
                        });
    }

    /** Lets nobody overlook what goes wrong at the end. */
    private static void end(ChannelFuture ending) {
        ending.addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    void close() {
        end(channel().close());
    }
}
