package dev.tidegate.server.inference;

import dev.tidegate.server.inference.onnx.RowsMixedException;
import dev.tidegate.server.inference.row.Row;
import dev.tidegate.server.platform.error.TidegateException;
import dev.tidegate.server.registry.RegisteredVersion;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A version that a batch job holds in memory.
 *
 * <p>Rows run together where the graph answers each as it would alone; when such a run fails, its
 * halves run apart, and so on, so that one row fails alone.
 */
public final class BulkVersion implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BulkVersion.class);

    private final LoadedVersions versions;
    private final LoadedVersion version;
    private final int[] outputs;
    private final Interruption interruption = new Interruption();
    private boolean together;

    /**
     * @param version held by the caller, who hands the hold over
     */
    BulkVersion(LoadedVersions versions, LoadedVersion version) {
        this.versions = versions;
        this.version = version;
        this.together = version.isBatchable();
        version.beginJob();
        this.outputs = version.plan().wanted(List.of());
    }

    public RegisteredVersion version() {
        return version.version();
    }

    /**
     * Returns a row as the graph takes it.
     *
     * @throws TidegateException when the signature forbids it, with the column and what was
     *     expected
     */
    public RowInputs inputs(Row row) {
        return new RowInputs(BulkRowProtoMapper.inputs(version.plan(), row));
    }

    /**
     * Adds what came of each row to the outcomes, in the order of the rows.
     *
     * @throws TidegateException unavailable, exhausted or deadline exceeded, when there is no
     *     answer for now for the first row whose outcome is missing; and when {@link #interrupt}
     *     was called
     */
    public void answer(List<RowInputs> rows, List<RowOutcome> outcomes) {
        int from = 0;
        while (from < rows.size()) {
            int to = together ? endOfEqualShapes(rows, from) : from + 1;
            answerAlike(rows.subList(from, to), outcomes);
            from = to;
        }
    }

    /** Ends the run that is under way, and all after it. */
    public void interrupt() {
        interruption.interrupt();
    }

    private void answerAlike(List<RowInputs> rows, List<RowOutcome> outcomes) {
        try {
            for (Tensor[] answer : run(rows)) {
                outcomes.add(new RowOutcome.Answered(Arrays.asList(answer)));
            }
        } catch (RowsMixedException e) {
            LOG.warn(
                    "{} mixes rows, those of a batch job run alone: {}",
                    version.version().label(),
                    e.getMessage());
            together = false;
            rows.forEach(row -> answerAlike(List.of(row), outcomes));
        } catch (TidegateException e) {
            if (interruption.isInterrupted() || isForNow(e)) {
                throw e;
            }
            if (rows.size() > 1) {
                int half = rows.size() / 2;
                answerAlike(rows.subList(0, half), outcomes);
                answerAlike(rows.subList(half, rows.size()), outcomes);
            } else {
                outcomes.add(new RowOutcome.Failed(e.text()));
            }
        }
    }

    private Tensor[][] run(List<RowInputs> rows) {
        return version.runApart(
                rows.stream().map(RowInputs::tensors).toArray(Tensor[][]::new),
                outputs,
                interruption);
    }

    private static boolean isForNow(TidegateException e) {
        return switch (e.code().kind()) {
            case UNAVAILABLE, EXHAUSTED, DEADLINE -> true;
            default -> false;
        };
    }

    private static int endOfEqualShapes(List<RowInputs> rows, int from) {
        int to = from + 1;
        while (to < rows.size() && rows.get(from).hasShapesOf(rows.get(to))) {
            to++;
        }
        return to;
    }

    /** Lets the version go, out of memory too when nobody but the job wanted it there. */
    @Override
    public void close() {
        version.endJob();
        version.release();
        versions.giveBack(version);
    }
}
