package dev.tidegate.server.platform.http;

import dev.tidegate.server.platform.error.Excerpt;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.platform.http.Incoming.Refused;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on the head of a request whether its body is read at all.
 *
 * <p>Behind a refused head a short body is skipped, so that the connection goes on. In front of a
 * long one the connection ends with the answer; until the client has seen it, what it still sends
 * is thrown away.
 */
final class HeadGate extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HeadGate.class);

    /** Bytes of a refused body that are read so that the connection may go on. */
    private static final int SKIPPED = 1 << 16;

    private static final Set<String> ENCODINGS =
            Set.of("identity", "gzip", "x-gzip", "deflate", "x-deflate");

    private final HttpRouter router;
    private final CrossOrigin crossOrigin;
    private final int most;
    private Phase phase = Phase.PASS;
    private long thrownAway;

    HeadGate(HttpRouter router, CrossOrigin crossOrigin, int most) {
        this.router = router;
        this.crossOrigin = crossOrigin;
        this.most = most;
    }

    private enum Phase {
        PASS,
        SKIP,
        DISCARD
    }

    /** Throws away whatever comes from now on; the connection is closed when that is too much. */
    void discard() {
        phase = Phase.DISCARD;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (phase == Phase.DISCARD) {
            discard(context, message);
        } else if (message instanceof HttpObject object && object.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            end(context, Malformed.reply(object.decoderResult().cause()));
        } else if (message instanceof HttpRequest request) {
            head(context, request);
        } else if (phase == Phase.SKIP) {
            ReferenceCountUtil.release(message);
            if (message instanceof LastHttpContent) {
                phase = Phase.PASS;
            }
        } else {
            context.fireChannelRead(message);
        }
    }

    private void discard(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpContent content) {
            thrownAway += content.content().readableBytes();
        }
        ReferenceCountUtil.release(message);
        if (thrownAway > most) {
            context.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
    }

    private void head(ChannelHandlerContext context, HttpRequest request) {
        AdmittedHead admitted;
        try {
            HttpHead head = new HttpHead(request);
            Optional<HttpReply> preflight = crossOrigin.preflight(head, router::methods);
            if (preflight.isPresent()) {
                refuse(context, request, preflight.get());
                return;
            }
            admitted = admitted(request, head);
        } catch (RuntimeException | Error e) {
            refuse(context, request, reply(request, e));
            return;
        }
        if (admitted.announced() > most) {
            refuse(context, request, BodyReader.tooLarge(most));
            return;
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            context.writeAndFlush(goOn())
                    .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
        }
        context.fireChannelRead(admitted);
    }

    private static HttpReply reply(HttpRequest request, Throwable failure) {
        String incident = UUID.randomUUID().toString();
        if (!(failure instanceof TidegateException || failure instanceof MethodRefusedException)) {
            LOG.error(
                    "{} {} failed, incident {}",
                    request.method(),
                    request.uri(),
                    incident,
                    failure);
        }
        return FailureReply.of(failure, incident);
    }

    private AdmittedHead admitted(HttpRequest request, HttpHead head) {
        Admitted admitted = router.admit(head);
        String encoding = request.headers().get(HttpHeaderNames.CONTENT_ENCODING);
        if (encoding != null && !ENCODINGS.contains(encoding.strip().toLowerCase(Locale.ROOT))) {
            throw TidegateException.invalid(
                    "content-encoding '%s' came, expected gzip, deflate or none"
                            .formatted(Excerpt.of(encoding)));
        }
        return new AdmittedHead(request, head, admitted, HttpUtil.getContentLength(request, -1L));
    }

    private static DefaultFullHttpResponse goOn() {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }

    private void refuse(ChannelHandlerContext context, HttpRequest request, HttpReply reply) {
        HttpHead head = new HttpHead(request);
        boolean isLast = !isShort(request) || !head.isKeptAlive();
        phase = isLast ? Phase.DISCARD : Phase.SKIP;
        context.fireChannelRead(new Refused(head, reply, isLast));
    }

    /** Returns whether the body may be skipped; who waits for leave to send it sends none. */
    private static boolean isShort(HttpRequest request) {
        return !HttpUtil.isTransferEncodingChunked(request)
                && !HttpUtil.is100ContinueExpected(request)
                && HttpUtil.getContentLength(request, 0L) <= SKIPPED;
    }

    private void end(ChannelHandlerContext context, HttpReply reply) {
        discard();
        context.fireChannelRead(Refused.last(reply));
    }
}
