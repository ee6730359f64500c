package dev.tidegate.server.batch;

import java.util.List;

/**
 * What a person asks for.
 *
 * @param requestId a repeat with the same id is answered with the first job; empty: no such promise
 * @param version empty for the champion
 * @param inputDigest of a file that another job has read or written; empty when the file comes
 */
record NewBatch(
        String requestId,
        String model,
        String version,
        String inputName,
        String inputDigest,
        ResultForm form,
        List<String> keep) {
    NewBatch {
        keep = List.copyOf(keep);
    }

    /** Returns what is the same for the same wish. */
    String asked(String digest) {
        return String.join(
                "\n", model, version, inputName, digest, form.word(), String.join("\n", keep));
    }
}
