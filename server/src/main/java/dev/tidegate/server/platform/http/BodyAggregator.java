package dev.tidegate.server.platform.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;

/** Puts a request together, and tells the connection of one that is too large. */
final class BodyAggregator extends HttpObjectAggregator {
    private final int maxBytes;

    BodyAggregator(int maxBytes) {
        super(maxBytes, true);
        this.maxBytes = maxBytes;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        context.fireUserEventTriggered(new Oversized(maxBytes));
    }

    /** What the connection is told. */
    record Oversized(int maxBytes) {}
}
