package dev.tidegate.server.platform.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ExpositionTest {
    private static final UUID ID = new UUID(1, 2);
    private static final Instant AT = Instant.ofEpochMilli(1_500);

    @Test
    void writesEachTypeAsPrometheusReadsIt() {
        String text =
                Exposition.PROMETHEUS.text(
                        List.of(
                                MetricFamily.single("a", MetricType.COUNTER, "One.", 3),
                                MetricFamily.single("b", MetricType.NAMED_COUNTER, "Two.", 0.5),
                                new MetricFamily(
                                        "c",
                                        MetricType.GAUGE,
                                        "Three.",
                                        List.of(MetricSample.of(-1, "model", "a\"b\\c\nd")))));
        assertThat(text)
                .isEqualTo(
                        """
                        # HELP a_total One.
                        # TYPE a_total counter
                        a_total 3
                        # HELP b Two.
                        # TYPE b counter
                        b 0.5
                        # HELP c Three.
                        # TYPE c gauge
                        c{model="a\\"b\\\\c\\nd"} -1
                        """);
    }

    @Test
    void writesOpenMetricsWithItsOwnNamesAndAnEnd() {
        String text =
                Exposition.OPEN_METRICS.text(
                        List.of(
                                MetricFamily.single("a", MetricType.COUNTER, "One.", 3),
                                MetricFamily.single("b", MetricType.NAMED_COUNTER, "Two.", 4)));
        assertThat(text)
                .isEqualTo(
                        """
                        # HELP a One.
                        # TYPE a counter
                        a_total 3
                        # HELP b Two.
                        # TYPE b unknown
                        b 4
                        # EOF
                        """);
    }

    @Test
    void countsInBucketsUpToTheirBoundsAndKeepsAnExemplar() {
        TimeHistogram times = new TimeHistogram();
        times.add(TimeUnit.MICROSECONDS.toNanos(20));
        times.add(TimeUnit.MICROSECONDS.toNanos(21), ID, AT);
        times.add(TimeUnit.SECONDS.toNanos(31));
        MetricFamily family =
                new MetricFamily("t_seconds", MetricType.HISTOGRAM, "T.", times.samples("m", "x"));
        assertThat(Exposition.PROMETHEUS.text(List.of(family)))
                .contains("t_seconds_bucket{m=\"x\",le=\"0.00002\"} 1\n")
                .contains("t_seconds_bucket{m=\"x\",le=\"0.00005\"} 2\n")
                .contains("t_seconds_bucket{m=\"x\",le=\"30\"} 2\n")
                .contains("t_seconds_bucket{m=\"x\",le=\"+Inf\"} 3\n")
                .contains("t_seconds_sum{m=\"x\"} 31.000041\n")
                .contains("t_seconds_count{m=\"x\"} 3\n")
                .doesNotContain(" # {");
        assertThat(Exposition.OPEN_METRICS.text(List.of(family)))
                .contains(
                        "le=\"0.00005\"} 2 # {prediction_id=\"%s\"} 0.000021 1.5\n".formatted(ID));
    }

    @Test
    void asksForOpenMetricsAsPrometheusDoes() {
        assertThat(
                        Exposition.accepted(
                                "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.4"))
                .isEqualTo(Exposition.OPEN_METRICS);
        assertThat(Exposition.accepted("*/*")).isEqualTo(Exposition.PROMETHEUS);
    }

    @Test
    void refusesANameThatWouldGetItsSuffixTwice() {
        assertThatThrownBy(() -> MetricFamily.single("a_total", MetricType.COUNTER, "One.", 1))
                .hasMessageContaining("metric 'a_total'");
    }
}
