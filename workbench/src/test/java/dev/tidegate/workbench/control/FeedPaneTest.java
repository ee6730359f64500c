package dev.tidegate.workbench.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.failure.ServiceFailure;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

final class FeedPaneTest {
    private static final Instant AT = Instant.parse("2026-03-01T09:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(AT);
    private final FeedPane pane = new FeedPane("place", new Region(), now::get);

    @BeforeAll
    static void startToolkit() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
    }

    private String banner() {
        return WaitForAsyncUtils.waitForAsyncFx(
                5000, () -> ((Label) pane.node().lookup(".banner-text")).getText());
    }

    @Test
    void saysHowOldStaleDataIsAsTimeGoesOn() {
        ReadOnlyObjectWrapper<Feed<String>> feed =
                new ReadOnlyObjectWrapper<>(
                        new Feed.Stale<>("x", AT, new ServiceFailure.Unavailable("gone")));
        now.set(AT.plusSeconds(14));
        var bound =
                WaitForAsyncUtils.waitForAsyncFx(5000, () -> pane.bind(feed.getReadOnlyProperty()));
        assertThat(banner()).contains(Times.clock(AT) + ", 14 s ago");

        now.set(AT.plusSeconds(200));

        await().until(() -> banner().contains(", 3 min ago"));
        WaitForAsyncUtils.waitForAsyncFx(5000, bound::unsubscribe);
    }
}
