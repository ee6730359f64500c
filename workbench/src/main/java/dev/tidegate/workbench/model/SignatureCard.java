package dev.tidegate.workbench.model;

import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.Labels;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What the chosen version takes and gives. */
final class SignatureCard {
    private final Label about = Labels.of("", "subtle");
    private final Label takes = Labels.wrapping("", "mono");
    private final Label gives = Labels.wrapping("", "mono");
    private final Card card = new Card("Signature", about);

    SignatureCard() {
        VBox in = new VBox(4, Labels.of("Takes", "section-title"), takes);
        VBox out = new VBox(4, Labels.of("Gives", "section-title"), gives);
        HBox.setHgrow(in, Priority.ALWAYS);
        HBox.setHgrow(out, Priority.ALWAYS);
        card.getChildren().add(new HBox(32, in, out));
    }

    Region node() {
        return card;
    }

    void show(@Nullable ServedVersion version) {
        about.setText(version == null ? "" : "of " + version.version());
        takes.setText(version == null ? "" : version.takes());
        gives.setText(version == null ? "" : version.gives());
    }
}
