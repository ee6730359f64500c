package dev.tidegate.server.platform.http;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpRequest;

/** The head of a request whose body is to be read; goes down the pipeline in its place. */
final class AdmittedHead extends DefaultHttpRequest {
    private final HttpHead head;
    private final Admitted admitted;
    private final long announced;

    /**
     * @param announced length of the body as it comes, -1 when it is not said
     */
    AdmittedHead(HttpRequest request, HttpHead head, Admitted admitted, long announced) {
        super(request.protocolVersion(), request.method(), request.uri(), request.headers());
        this.head = head;
        this.admitted = admitted;
        this.announced = announced;
    }

    HttpHead head() {
        return head;
    }

    Admitted admitted() {
        return admitted;
    }

    long announced() {
        return announced;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
