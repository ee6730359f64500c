package dev.tidegate.archsamples.beta;

import dev.tidegate.archsamples.alpha.ClockImpl;
import dev.tidegate.proto.inference.ServerLiveRequest;
import javafx.application.Platform;
import javafx.scene.control.Label;
import org.jspecify.annotations.Nullable;

/** A view-model that sees a control and generated classes, and goes to the FX thread itself. */
public record LeakViewModel(@Nullable ClockImpl clock, ServerLiveRequest request, Label label) {
    void show() {
        Platform.runLater(() -> label.setText("shown"));
    }
}
