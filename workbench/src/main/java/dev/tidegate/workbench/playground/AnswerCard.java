package dev.tidegate.workbench.playground;

import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.Chip;
import dev.tidegate.workbench.control.FeedPane;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.Placeholder;
import dev.tidegate.workbench.control.Times;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.predictionlog.LogEntry;
import dev.tidegate.workbench.tensor.Tensor;
import dev.tidegate.workbench.theme.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** What the model answered, who answered and why, or why it did not. */
final class AnswerCard implements View {
    private static final int ELEMENTS = 12;

    private final PlaygroundViewModel model;
    private final VBox body = new VBox(12);
    private final Card card = Card.of("Answer", body);

    AnswerCard(PlaygroundViewModel model) {
        this.model = model;
        card.setId("answer");
    }

    @Override
    public Region node() {
        return card;
    }

    @Override
    public Subscription bind() {
        return Subscription.combine(
                model.predictionProperty().subscribe(_ -> show()),
                model.sideBySideProperty().subscribe(_ -> show()),
                model.traceProperty().subscribe(_ -> show()),
                model.failureProperty().subscribe(_ -> show()));
    }

    private void show() {
        ServiceFailure failure = model.failureProperty().get();
        Prediction prediction = model.predictionProperty().get();
        SideBySide several = model.sideBySideProperty().get();
        if (failure != null) {
            body.getChildren().setAll(FeedPane.placeholder(failure));
        } else if (several != null) {
            body.getChildren().setAll(SideBySideView.of(several));
        } else if (prediction == null) {
            body.getChildren()
                    .setAll(
                            Placeholder.empty(
                                    "No answer yet",
                                    "Fill the form, or take a logged request, and send it."));
        } else {
            body.getChildren().setAll(answer(prediction, model.traceProperty().get()));
        }
    }

    private static List<Node> answer(Prediction prediction, @Nullable LogEntry trace) {
        List<Node> nodes = new ArrayList<>();
        prediction.outputs().forEach(output -> nodes.add(output(output)));
        nodes.add(fact("Version", Labels.of(prediction.version(), "mono")));
        if (!prediction.arm().isEmpty()) {
            nodes.add(fact("Arm", Labels.of(prediction.arm(), "mono")));
        }
        nodes.add(
                fact(
                        "Why this version",
                        new Chip(
                                reasonTone(prediction.reason()),
                                reasonWords(prediction.reason()))));
        nodes.add(
                fact(
                        "Round trip from here",
                        Labels.of(Figures.millis(prediction.roundTrip()), "mono")));
        nodes.add(serverTime("Queued in the server", trace, LogEntry::queueMicros));
        nodes.add(serverTime("Computed", trace, LogEntry::computeMicros));
        nodes.add(serverTime("All in the server", trace, LogEntry::totalMicros));
        Label id = Labels.of(Figures.shortened(prediction.predictionId(), 23), "mono");
        Labels.explain(id, prediction.predictionId());
        nodes.add(fact("Prediction", id));
        return nodes;
    }

    private static Node serverTime(
            String name, @Nullable LogEntry trace, ToLongFunction<LogEntry> micros) {
        if (trace == null) {
            return fact(name, Labels.of(Figures.NONE, "mono"));
        }
        Label time = Labels.of(Figures.millis((double) micros.applyAsLong(trace)), "mono");
        Labels.explain(time, "As the prediction log has it, logged " + Times.full(trace.at()));
        return fact(name, time);
    }

    private static Node output(Tensor output) {
        Label name = Labels.of(output.name(), "muted");
        Label type = Labels.of(output.datatype() + " " + output.shape(), "subtle");
        HBox head = new HBox(8, name, Labels.spacer(), type);
        head.getStyleClass().add("row");
        Label values = Labels.wrapping(String.join("   ", shown(output)), "output-values");
        VBox box = new VBox(4, head, values);
        box.getStyleClass().add("output");
        return box;
    }

    private static List<String> shown(Tensor output) {
        List<String> values = new ArrayList<>(output.values().stream().limit(ELEMENTS).toList());
        if (output.values().size() > ELEMENTS) {
            values.add("… " + (output.values().size() - ELEMENTS) + " more");
        }
        return values;
    }

    private static Node fact(String name, Region value) {
        value.setMinWidth(Region.USE_PREF_SIZE);
        HBox row = new HBox(8, Labels.of(name, "muted"), Labels.spacer(), value);
        row.getStyleClass().add("row");
        return row;
    }

    private static Tone reasonTone(String reason) {
        return switch (reason) {
            case "failover", "route_stale", "fallback_version", "fallback_rules" -> Tone.WATCH;
            case "" -> Tone.UNKNOWN;
            default -> Tone.CALM;
        };
    }

    private static String reasonWords(String reason) {
        return switch (reason) {
            case "champion" -> "routed to the champion";
            case "candidate" -> "routed to the candidate";
            case "failover" -> "the candidate failed, the champion answered";
            case "fallback_version" -> "the champion failed, an earlier version answered";
            case "fallback_rules" -> "the champion failed, rules answered";
            case "route_stale" -> "the route was stale, the champion answered";
            case "pinned" -> "the version was named";
            case "" -> "the server did not say";
            default -> reason;
        };
    }
}
