package dev.tidegate.server.demo;

import dev.tidegate.server.cli.GrpcTrainingGateway;
import dev.tidegate.server.cli.ServerConnection;
import dev.tidegate.server.retraining.AcceptedColumns;
import dev.tidegate.server.retraining.Algorithm;
import dev.tidegate.server.retraining.Exclusion;
import dev.tidegate.server.retraining.TrainingReport;
import dev.tidegate.server.retraining.TrainingRequest;
import dev.tidegate.server.retraining.UnknownCategory;
import io.grpc.StatusException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A version of the model churn.
 *
 * @param label its name in the registry
 * @param story what it is, for people
 * @param columns what it learns from; empty takes all
 */
record DemoVersion(
        String label,
        String story,
        Algorithm algorithm,
        List<String> columns,
        List<Exclusion> exclusions,
        UnknownCategory unknownCategory) {
    static final String MODEL = "churn";
    private static final String ALL_COLUMNS = "gradient-boosted trees on all columns";
    private static final String MISSING = "payment_method=Mailed check";
    private static final long SEED = 42;
    private static final Duration BUDGET = Duration.ofSeconds(60);

    DemoVersion {
        columns = List.copyOf(columns);
        exclusions = List.copyOf(exclusions);
    }

    /** Simple and old. */
    static DemoVersion simple() {
        List<String> columns = List.of("tenure", "monthly_charges", "senior_citizen");
        return new DemoVersion(
                "v1",
                "logistic regression on " + String.join(", ", columns),
                Algorithm.LOGISTIC,
                columns,
                List.of(),
                UnknownCategory.IGNORE);
    }

    /** Better. */
    static DemoVersion better() {
        return trees("v2");
    }

    /** As good as the better one. */
    static DemoVersion healthy() {
        return trees("v3");
    }

    /** Learned from data that lacked a category, which its graph does not know what to do with. */
    static DemoVersion harmful() {
        return new DemoVersion(
                "v3",
                ALL_COLUMNS + ", trained without rows of " + MISSING,
                Algorithm.XGBOOST,
                List.of(),
                List.of(Exclusion.parse(MISSING)),
                UnknownCategory.FAIL);
    }

    private static DemoVersion trees(String label) {
        return new DemoVersion(
                label,
                ALL_COLUMNS,
                Algorithm.XGBOOST,
                List.of(),
                List.of(),
                UnknownCategory.IGNORE);
    }

    /** Has the server train and register this version. */
    TrainingReport train(ServerConnection server, DemoData data, List<String> aliases)
            throws StatusException, InterruptedException {
        return new GrpcTrainingGateway(server).train(request(data.training()), aliases, step -> {});
    }

    private TrainingRequest request(Path data) {
        return new TrainingRequest(
                UUID.randomUUID(),
                data,
                MODEL,
                Optional.empty(),
                MODEL,
                Optional.of(label),
                algorithm,
                columns,
                AcceptedColumns.ALL,
                exclusions,
                unknownCategory,
                SEED,
                BUDGET,
                data.resolveSibling(label));
    }
}
