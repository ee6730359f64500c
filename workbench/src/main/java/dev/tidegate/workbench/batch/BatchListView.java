package dev.tidegate.workbench.batch;

import dev.tidegate.workbench.control.ActionButton;
import dev.tidegate.workbench.control.Card;
import dev.tidegate.workbench.control.ColumnWidths;
import dev.tidegate.workbench.control.FeedPane;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.fx.View;
import java.io.File;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.util.Subscription;

/** The batch jobs: start one from a file, follow it, cancel it, save what it found out. */
public final class BatchListView implements View {
    private final BatchListViewModel model;
    private final NewJobBar start;
    private final BatchTable table;
    private final ActionButton cancel;
    private final ActionButton save;
    private final Label said = Labels.wrapping("", "muted");
    private final FeedPane pane;

    public BatchListView(BatchListViewModel model, ColumnWidths columns) {
        this.model = model;
        start = new NewJobBar(model);
        table = new BatchTable(columns);
        cancel = new ActionButton("batch-cancel", "fth-x", "plain", model::cancel);
        save = new ActionButton("batch-save", "fth-download", "plain", this::chooseFile);
        said.setId("batch-said");
        HBox.setHgrow(said, Priority.ALWAYS);
        Card begin = new Card("New batch job");
        begin.getChildren().add(start.node());
        Card jobs = Card.flush("Batch jobs, newest first", cancel, save);
        jobs.getChildren().add(table.node());
        HBox foot = new HBox(said);
        foot.getStyleClass().add("row");
        VBox.setVgrow(table.node(), Priority.ALWAYS);
        VBox.setVgrow(jobs, Priority.ALWAYS);
        VBox page = new VBox(16, begin, foot, jobs);
        page.getStyleClass().add("page");
        pane = new FeedPane("batches", page);
    }

    private void chooseFile() {
        model.chosen()
                .ifPresent(
                        job -> {
                            FileChooser chooser = new FileChooser();
                            chooser.setTitle("Result of " + job.input());
                            chooser.setInitialFileName(
                                    job.input().replaceFirst("\\.[^.]*$", "")
                                            + "-scored."
                                            + (job.form().equals("json") ? "jsonl" : job.form()));
                            Optional.ofNullable(
                                            chooser.showSaveDialog(
                                                    pane.node().getScene().getWindow()))
                                    .map(File::toPath)
                                    .ifPresent(model::save);
                        });
    }

    @Override
    public Region node() {
        return pane.node();
    }

    @Override
    public void showOnly(String card) {
        pane.showOnly(card);
    }

    @Override
    public Subscription bind() {
        return Subscription.combine(
                model.start(),
                start.bind(),
                pane.bind(model.feedProperty()),
                model.feedProperty().subscribe(feed -> feed.newest().ifPresent(this::show)),
                model.actionsProperty().subscribe(this::show),
                model.saidProperty().subscribe(this::say),
                table.onChoice(model::choose));
    }

    private void show(List<BatchJob> jobs) {
        Instant now = Instant.now();
        table.show(jobs.stream().map(job -> BatchRow.of(job, now)).toList());
        table.mark(model.chosen());
    }

    private void show(BatchActions actions) {
        cancel.show(actions.cancel());
        save.show(actions.save());
    }

    private void say(String words) {
        said.setText(words);
        said.getParent().setVisible(!words.isEmpty());
        said.getParent().setManaged(!words.isEmpty());
    }
}
