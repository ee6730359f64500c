package dev.tidegate.workbench.shell;

import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Icons;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.fx.View;
import dev.tidegate.workbench.theme.Tone;
import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.Subscription;

/** How fresh and how healthy everything is, in one line at the foot. */
final class StatusBarView implements View {
    private final ReadOnlyObjectProperty<StatusLine> status;
    private final Label stream = Labels.of("", "status-strong");
    private final Label age = Labels.of("");
    private final Label leader = Labels.of("");
    private final Label problems = Labels.of("", "status-problems");
    private final Tooltip problemsWhole = Labels.explain(problems, "");
    private final Label dropped = Labels.of("");
    private final Label server = Labels.of("");
    private final Label time = Labels.of("", "mono");
    private final HBox bar = new HBox(18);

    StatusBarView(ReadOnlyObjectProperty<StatusLine> status) {
        this.status = status;
        List.of(stream, age, leader, problems, dropped, server, time)
                .forEach(label -> label.setMinWidth(Region.USE_PREF_SIZE));
        Labels.explain(
                dropped, "Values that newer ones replaced before the screen could show them");
        problems.setId("status-problems");
        problems.setGraphic(Icons.of(Tone.BAD));
        bar.setId("status-bar");
        bar.getStyleClass().add("status-bar");
        bar.getChildren()
                .addAll(stream, age, problems, leader, dropped, Labels.spacer(), server, time);
    }

    @Override
    public Region node() {
        return bar;
    }

    @Override
    public Subscription bind() {
        return status.subscribe(this::show);
    }

    private void show(StatusLine line) {
        stream.setGraphic(Icons.of(line.tone()));
        stream.setText(line.stream());
        age.setText(line.age());
        leader.setText(line.leader());
        showProblems(line.problems());
        dropped.setText(line.dropped());
        server.setText(line.server());
        time.setText(line.time());
    }

    private void showProblems(List<String> words) {
        problems.setVisible(!words.isEmpty());
        problems.setManaged(!words.isEmpty());
        problems.setText(Figures.counted(words.size(), "problem", "problems"));
        String all = words.stream().map(Figures::sentence).collect(Collectors.joining("\n"));
        problemsWhole.setText(all);
        problems.setAccessibleText(problems.getText() + ": " + all);
    }
}
