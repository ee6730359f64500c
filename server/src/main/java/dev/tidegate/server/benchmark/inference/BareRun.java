package dev.tidegate.server.benchmark.inference;

import dev.tidegate.server.inference.onnx.bare.BareRuns;

/** ONNX Runtime alone on one thread, in a process of its own, for as long as a measurement. */
final class BareRun {
    private BareRun() {}

    /**
     * Returns runs a second, measured as long as it was warmed up before.
     *
     * @param rows of each run
     */
    static LoadResult measure(BenchFolder folder, int rows, RoundOptions options)
            throws InterruptedException {
        String seconds = Long.toString(options.measured().toSeconds());
        try (ChildJvm child =
                ChildJvm.start(
                        folder.resolve("alone.err"),
                        BareRuns.class.getName(),
                        folder.model().toString(),
                        Integer.toString(rows),
                        Integer.toString(TreeGraph.COLUMNS),
                        seconds,
                        seconds)) {
            return LoadResult.parsed(child.all());
        }
    }
}
