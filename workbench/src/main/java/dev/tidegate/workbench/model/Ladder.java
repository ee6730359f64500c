package dev.tidegate.workbench.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What stands in for a model's champion when that gives no answer.
 *
 * @param champion that routed requests go to
 * @param revision of the setting; 0 when there is none
 * @param version that is asked first; empty for none
 * @param rules that are asked then; empty for none
 * @param setting who made it and when; empty when there is none
 */
record Ladder(
        String champion, long revision, String version, String rules, Optional<Setting> setting) {

    record Setting(Instant at, String by) {}

    LadderDraft draft() {
        return new LadderDraft(revision, version, rules);
    }
}
