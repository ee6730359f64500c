package dev.tidegate.server.retraining;

import dev.tidegate.proto.v1.TrainRequest;
import dev.tidegate.proto.v1.TrainResponse;
import dev.tidegate.proto.v1.TrainingResult;
import dev.tidegate.server.platform.error.TidegateException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Retrainings as messages. */
final class TrainingProtoMapper {
    private static final Duration USUAL_BUDGET = Duration.ofMinutes(5);

    private TrainingProtoMapper() {}

    static TrainingOrder order(TrainRequest.Header header, RunFolder folder) {
        try {
            return new TrainingOrder(
                    request(header, folder),
                    header.getMutation().getRequestId(),
                    header.getMutation().getExpectedRevision(),
                    header.getAliasesList());
        } catch (IllegalArgumentException e) {
            throw TidegateException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static TrainingRequest request(TrainRequest.Header header, RunFolder folder) {
        return new TrainingRequest(
                folder.run(),
                folder.data(),
                header.getTarget(),
                present(header.getPositive()),
                header.getModel(),
                present(header.getVersion()),
                Words.parse(Algorithm.class, header.getAlgorithm()),
                header.getColumnsList(),
                Words.parse(AcceptedColumns.class, or(header.getAccept(), "learned")),
                header.getExcludeList().stream().map(Exclusion::parse).toList(),
                Words.parse(UnknownCategory.class, or(header.getUnknownCategory(), "ignore")),
                header.getSeed(),
                budget(header),
                folder.results());
    }

    static TrainResponse progress(TrainingProgress progress) {
        return TrainResponse.newBuilder()
                .setProgress(
                        dev.tidegate.proto.v1.TrainingProgress.newBuilder()
                                .setRun(progress.run().toString())
                                .setState(progress.state().name())
                                .setMessage(progress.message()))
                .build();
    }

    static TrainResponse result(TrainingReport report) {
        return TrainResponse.newBuilder()
                .setResult(
                        TrainingResult.newBuilder()
                                .setRun(report.run().toString())
                                .setModel(report.model())
                                .setVersion(or(report.version(), ""))
                                .setSummaryJson(TrainingRuns.json(report)))
                .build();
    }

    private static Duration budget(TrainRequest.Header header) {
        return header.hasBudget()
                ? Duration.ofSeconds(header.getBudget().getSeconds(), header.getBudget().getNanos())
                : USUAL_BUDGET;
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null || text.isEmpty() ? otherwise : text;
    }
}
