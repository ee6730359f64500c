package dev.tidegate.server.batch;

/**
 * How far a job is.
 *
 * @param rows answered or failed
 * @param failed of these
 * @param share of the input that has been read, 0 to 1
 */
record BatchProgress(long rows, long failed, double share) {
    static final BatchProgress NONE = new BatchProgress(0, 0, 0);

    BatchProgress {
        if (failed < 0 || rows < failed || !(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "%d of %d rows failed at a share of %s; expected no more failures than rows and a share in [0, 1]"
                            .formatted(failed, rows, share));
        }
    }
}
