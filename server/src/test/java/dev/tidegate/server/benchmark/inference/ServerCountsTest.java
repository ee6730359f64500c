package dev.tidegate.server.benchmark.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ServerCountsTest {
    @Test
    void addsUpWhatAllVersionsAnswered() {
        ServerCounts counts =
                new ServerCounts(
                        List.of(
                                "# TYPE nv_inference_request_success counter",
                                "nv_inference_request_success{model=\"bench\",version=\"1\"} 3",
                                "nv_inference_request_success{model=\"bench\",version=\"2\"} 4",
                                "nv_inference_request_success_x 100",
                                "nv_inference_request_failure{model=\"bench\",version=\"1\",reason=\"OTHER\"} 5",
                                "nv_inference_request_failure{model=\"bench\",version=\"1\",reason=\"CANCELED\"} 6",
                                "tidegate_request_metrics_enabled 1",
                                "tidegate_journal_events_total 9",
                                "tidegate_journal_lost_events_total 2"));

        assertThat(counts.answered()).isEqualTo(7);
        assertThat(counts.answeredBy("2")).isEqualTo(4);
        assertThat(counts.failed()).isEqualTo(5);
        assertThat(counts.lost()).isEqualTo(2);
    }

    @Test
    void takesTheJournalOfAServerThatCountsNoRequests() {
        ServerCounts counts =
                new ServerCounts(
                        List.of(
                                "tidegate_request_metrics_enabled 0",
                                "tidegate_journal_events_total 9"));

        assertThat(counts.answered()).isEqualTo(9);
    }
}
