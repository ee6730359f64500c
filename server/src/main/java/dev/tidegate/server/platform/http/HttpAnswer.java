package dev.tidegate.server.platform.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Answers as they go over the wire. */
final class HttpAnswer {
    private final int compressFrom;
    private final CrossOrigin crossOrigin;

    HttpAnswer(int compressFrom, CrossOrigin crossOrigin) {
        this.compressFrom = compressFrom;
        this.crossOrigin = crossOrigin;
    }

    /** Returns the answer to a request; null stands for one that could not be read. */
    FullHttpResponse of(HttpReply reply, @Nullable HttpHead head) {
        byte[] plain = reply.body();
        boolean packs =
                head != null
                        && plain.length >= compressFrom
                        && plain.length > 0
                        && head.takesGzip();
        byte[] body = packs ? Gzip.compress(plain) : plain;
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
        if (head != null) {
            crossOrigin.mark(head, response.headers());
        }
        if (head != null && head.wantsKeepAliveSaid()) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        return response;
    }
}
