package dev.tidegate.server.platform.metric;

import java.math.BigDecimal;
import java.util.List;

/**
 * Metrics as text: Prometheus text format 0.0.4, or OpenMetrics 1.0.0, which has exemplars.
 *
 * <p>The counters that users of Triton know have no {@code _total} in their names, which the client
 * libraries for Prometheus append; so the text is written here.
 */
enum Exposition {
    PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String contentType;

    Exposition(String contentType) {
        this.contentType = contentType;
    }

    /** Returns the format that a scraper asks for by its Accept header. */
    static Exposition accepted(String accept) {
        return accept.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
    }

    String contentType() {
        return contentType;
    }

    String text(List<MetricFamily> families) {
        StringBuilder out = new StringBuilder();
        for (MetricFamily family : families) {
            write(out, family);
        }
        if (this == OPEN_METRICS) {
            out.append("# EOF\n");
        }
        return out.toString();
    }

    private void write(StringBuilder out, MetricFamily family) {
        boolean counter = family.type() == MetricType.COUNTER;
        String total = counter ? "_total" : "";
        String described = this == OPEN_METRICS ? family.name() : family.name() + total;
        out.append("# HELP ").append(described).append(' ').append(family.help()).append('\n');
        out.append("# TYPE ").append(described).append(' ');
        out.append(family.type().text(this == OPEN_METRICS)).append('\n');
        for (MetricSample sample : family.samples()) {
            out.append(family.name()).append(total).append(sample.suffix());
            labels(out, sample.labels());
            out.append(' ').append(number(sample.value()));
            if (this == OPEN_METRICS) {
                sample.exemplar().ifPresent(exemplar -> exemplar(out, exemplar));
            }
            out.append('\n');
        }
    }

    private static void labels(StringBuilder out, List<MetricSample.Label> labels) {
        if (labels.isEmpty()) {
            return;
        }
        char separator = '{';
        for (MetricSample.Label label : labels) {
            out.append(separator).append(label.name()).append("=\"");
            escape(out, label.value());
            out.append('"');
            separator = ',';
        }
        out.append('}');
    }

    private static void escape(StringBuilder out, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '"' -> out.append("\\\"");
                case '\n' -> out.append("\\n");
                default -> out.append(c);
            }
        }
    }

    private static void exemplar(StringBuilder out, Exemplar exemplar) {
        out.append(" # {prediction_id=\"").append(exemplar.predictionId()).append("\"} ");
        out.append(number(exemplar.seconds())).append(' ');
        out.append(number(exemplar.at().toEpochMilli() / 1e3));
    }

    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return Double.isFinite(value)
                ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
                : Double.toString(value).replace("Infinity", "Inf");
    }
}
