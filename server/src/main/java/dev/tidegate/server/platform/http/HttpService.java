package dev.tidegate.server.platform.http;

import java.util.List;

/** A feature's part of the HTTP port. */
public interface HttpService {
    List<HttpRoute> routes();
}
