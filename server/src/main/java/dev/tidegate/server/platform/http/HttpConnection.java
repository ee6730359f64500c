package dev.tidegate.server.platform.http;

import dev.tidegate.server.platform.time.ReadableTime;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
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
final class HttpConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    /** Requests that a client may send ahead before it is no longer read. */
    private static final int AHEAD = 16;

    private final HttpRouter router;
    private final ConnectionClock clock;
    private final int compressFrom;
    private final BooleanSupplier draining;
    private final Deque<FullHttpRequest> waiting = new ArrayDeque<>();
    private @Nullable HttpCall running;
    private boolean taking;
    private boolean closing;
    private volatile @Nullable Channel channel;

    HttpConnection(
            HttpRouter router, ConnectionClock clock, int compressFrom, BooleanSupplier draining) {
        this.router = router;
        this.clock = clock;
        this.compressFrom = compressFrom;
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
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (closing) {
            return;
        }
        clock.received();
        waiting.add(request.retain());
        if (waiting.size() > AHEAD) {
            channel().config().setAutoRead(false);
        }
        take();
    }

    /** Begins the next requests as long as each is answered at once and the client reads. */
    private void take() {
        if (taking) {
            return;
        }
        taking = true;
        while (running == null && !closing && !waiting.isEmpty() && channel().isWritable()) {
            begin(waiting.remove());
        }
        taking = false;
        if (running == null && waiting.isEmpty()) {
            clock.answered();
            channel().config().setAutoRead(true);
        }
    }

    private void begin(FullHttpRequest request) {
        try {
            if (request.decoderResult().isFailure()) {
                refuse(malformed(request.decoderResult().cause()));
                return;
            }
            HttpCall call = new HttpCall(this, request);
            running = call;
            begin(call);
        } finally {
            request.release();
        }
    }

    private void begin(HttpCall call) {
        try {
            call.requireKnownEncoding();
        } catch (RuntimeException e) {
            call.fail(e);
            return;
        }
        router.dispatch(call);
    }

    private static HttpReply malformed(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException e -> FailureReply.of(414, text(e), Map.of());
            case TooLongHttpHeaderException e -> FailureReply.of(431, text(e), Map.of());
            default -> FailureReply.of(400, text(cause), Map.of());
        };
    }

    private static String text(Throwable cause) {
        return "the request is no HTTP/1.1: " + cause.getMessage();
    }

    /** Returns the event loop on whose thread this is; null on any other thread. */
    @Nullable Executor loop() {
        return channel().eventLoop().inEventLoop() ? channel().eventLoop() : null;
    }

    /** Answers from any thread. */
    void finish(HttpCall call, HttpReply reply) {
        boolean packs =
                reply.body().length >= compressFrom && reply.body().length > 0 && call.takesGzip();
        FullHttpResponse response = response(reply, packs);
        if (channel().eventLoop().inEventLoop()) {
            finish(call, response);
        } else {
            channel().eventLoop().execute(() -> finish(call, response));
        }
    }

    private void finish(HttpCall call, FullHttpResponse response) {
        running = null;
        write(response, !call.isKeptAlive() || (draining.getAsBoolean() && waiting.isEmpty()));
        take();
    }

    private static FullHttpResponse response(HttpReply reply, boolean packs) {
        byte[] body = packs ? Gzip.compress(reply.body()) : reply.body();
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(reply.status()),
                        Unpooled.wrappedBuffer(body));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, reply.contentType())
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        reply.headers().forEach(response.headers()::set);
        if (packs) {
            response.headers()
                    .set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP)
                    .set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
        }
        return response;
    }

    private void write(FullHttpResponse response, boolean last) {
        if (last) {
            closing = true;
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        ChannelFuture written = channel().writeAndFlush(response);
        if (last) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    /**
     * Answers what is no request, and ends the connection. What the client still sends is read and
     * thrown away until it has seen the answer: a socket closed with unread bytes would take it
     * from the client.
     */
    private void refuse(HttpReply reply) {
        closing = true;
        FullHttpResponse response = response(reply, false);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        DuplexChannel socket = (DuplexChannel) channel();
        socket.writeAndFlush(response).addListener(written -> end(socket.shutdownOutput()));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        switch (event) {
            case ConnectionClock.Late late -> {
                refuseOrClose(late(late));
                end(context.close());
            }
            case BodyAggregator.Oversized oversized -> refuseOrClose(tooLarge(oversized));
            default -> context.fireUserEventTriggered(event);
        }
    }

    private void refuseOrClose(HttpReply reply) {
        if (running == null && waiting.isEmpty() && !closing) {
            refuse(reply);
        } else {
            end(channel().close());
        }
    }

    private static HttpReply late(ConnectionClock.Late late) {
        return FailureReply.of(
                408,
                "the request was not there as a whole within %s"
                        .formatted(ReadableTime.of(late.limit())),
                Map.of());
    }

    private static HttpReply tooLarge(BodyAggregator.Oversized oversized) {
        return FailureReply.of(
                413,
                "the body has more than %d bytes, which is the most that is taken"
                        .formatted(oversized.maxBytes()),
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
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
        HttpCall left = running;
        if (left != null) {
            left.gone();
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
            refuseOrClose(malformed(cause));
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
