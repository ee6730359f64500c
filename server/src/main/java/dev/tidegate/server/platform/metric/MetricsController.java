package dev.tidegate.server.platform.metric;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All metrics of this process, for Prometheus. */
@Controller("/metrics")
final class MetricsController {
    private final List<MetricSource> sources;

    MetricsController(List<MetricSource> sources) {
        this.sources = sources;
    }

    @Get
    @Produces(MediaType.ALL)
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<String> metrics(@Nullable @Header(HttpHeaders.ACCEPT) String accept) {
        Exposition form = Exposition.accepted(accept == null ? "" : accept);
        List<MetricFamily> families =
                sources.stream()
                        .flatMap(source -> source.families().stream())
                        .sorted(Comparator.comparing(MetricFamily::name))
                        .toList();
        return HttpResponse.ok(form.text(families))
                .header(HttpHeaders.CONTENT_TYPE, form.contentType());
    }
}
