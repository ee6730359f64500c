package dev.tidegate.server.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.server.journal.ArmEvent;
import dev.tidegate.server.journal.Events;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NewestEventsTest {
    private final Events events = new Events(29);

    @Test
    void keepsTheNewestWhateverTheirOrder() {
        List<ArmEvent> all = of(100, 10);
        List<ArmEvent> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(3));
        NewestEvents newest = new NewestEvents(7, Long.MAX_VALUE);
        shuffled.forEach(newest::add);
        assertThat(newest.newestFirst()).isEqualTo(all.subList(93, 100).reversed());
        assertThat(newest.canUse(all.get(92).predictionId())).isFalse();
        assertThat(newest.canUse(events.nextId())).isTrue();
    }

    @Test
    void keepsNoMoreBytesOfMessagesThanItMay() {
        List<ArmEvent> all = of(20, 100);
        NewestEvents newest = new NewestEvents(10, 350);
        all.reversed().forEach(newest::add);
        assertThat(newest.newestFirst()).isEqualTo(all.subList(17, 20).reversed());
        all.forEach(newest::add);
        assertThat(newest.newestFirst()).hasSizeLessThanOrEqualTo(6).startsWith(all.getLast());
    }

    @Test
    void keepsOneHoweverLarge() {
        List<ArmEvent> all = of(2, 1_000);
        NewestEvents newest = new NewestEvents(10, 350);
        all.forEach(newest::add);
        assertThat(newest.newestFirst()).containsExactly(all.getLast());
    }

    private List<ArmEvent> of(int count, int bytes) {
        List<ArmEvent> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(Events.plain(events.nextId(), new byte[bytes - 1], new byte[1]));
        }
        return made;
    }
}
