package dev.tidegate.server.inference;

import java.util.List;

/** What came of one row of a batch job. */
public sealed interface RowOutcome {

    /**
     * The version's answer.
     *
     * @param outputs in the order of the signature; the first axis counts this row alone, where the
     *     graph has one that counts rows
     */
    record Answered(List<Tensor> outputs) implements RowOutcome {
        public Answered {
            outputs = List.copyOf(outputs);
        }
    }

    /**
     * The row was not answered.
     *
     * @param reason for the person whose row it is
     */
    record Failed(String reason) implements RowOutcome {}
}
