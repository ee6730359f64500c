package dev.tidegate.workbench.model;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.control.ActionButton;
import dev.tidegate.workbench.control.ActionState;
import dev.tidegate.workbench.control.Icons;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.Overlay;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.theme.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** Changes a ladder: says what the change does while it is typed, before it is sent. */
final class LadderDialog {
    private static final String NO_VERSION = "No earlier version";

    private final LadderViewModel model;
    private final Supplier<List<String>> versions;
    private final Overlay overlay;
    private final ComboBox<String> version = new ComboBox<>();
    private final TextArea rules = new TextArea();
    private final Label effect = Labels.wrapping("", "banner-text");
    private final Label changed = Labels.wrapping("", "banner-text");
    private final HBox changedBanner = new HBox(12);
    private final Label refused = Labels.wrapping("", "refused-words");
    private final ActionButton go;
    private final VBox card = new VBox(16);
    private Subscription bound = Subscription.EMPTY;

    /** The ladder that the person has seen; what was set after it is shown as a change first. */
    private @Nullable Ladder seen;

    /**
     * @param versions that may stand in, the newest first
     */
    LadderDialog(LadderViewModel model, Supplier<List<String>> versions, Overlay overlay) {
        this.model = model;
        this.versions = versions;
        this.overlay = overlay;
        go = new ActionButton("dialog-ladder", "fth-check", "approve", this::go);
        card.setId("ladder-dialog");
        card.getStyleClass().add("approval-dialog");
        card.getChildren()
                .addAll(
                        Labels.of("Who answers when the champion does not", "page-title"),
                        versionBox(),
                        rulesBox(),
                        effectBanner(),
                        changedBanner(),
                        refused,
                        buttons());
        effect.setId("ladder-effect");
        refused.setId("ladder-refused");
    }

    private Region versionBox() {
        version.setId("ladder-version");
        version.setAccessibleText("Version that is asked first");
        version.setMaxWidth(Double.MAX_VALUE);
        Label name = Labels.of("First, an earlier version", "section-title");
        name.setLabelFor(version);
        return new VBox(6, name, version);
    }

    private Region rulesBox() {
        rules.setId("ladder-rules");
        rules.getStyleClass().add("mono");
        rules.setPromptText("probability = tenure < 6.0 ? 0.8 : 0.2\nlabel = \"No\"");
        rules.setAccessibleText("Rules that are asked then");
        rules.setPrefRowCount(5);
        Label name =
                Labels.wrapping(
                        "Then rules or constants: a line OUTPUT = EXPRESSION for each output, in CEL over the named features",
                        "section-title");
        name.setLabelFor(rules);
        return new VBox(6, name, rules);
    }

    private Region effectBanner() {
        HBox words = new HBox(12, Icons.of(Tone.WATCH), effect);
        words.getStyleClass().addAll("banner", Tone.WATCH.styleClass());
        HBox.setHgrow(effect, Priority.ALWAYS);
        return words;
    }

    private Region changedBanner() {
        Button accept = new Button("I have seen the change");
        accept.setId("accept-ladder");
        accept.getStyleClass().addAll("plain", "compact");
        accept.setMinWidth(Region.USE_PREF_SIZE);
        accept.setOnAction(_ -> acceptChange());
        changedBanner.setId("ladder-changed");
        changedBanner.getStyleClass().addAll("banner", Tone.BAD.styleClass());
        HBox.setHgrow(changed, Priority.ALWAYS);
        changedBanner.getChildren().addAll(Icons.of(Tone.BAD), changed, accept);
        return changedBanner;
    }

    private Region buttons() {
        Button cancel = new Button("Leave it as it is");
        cancel.setId("dialog-cancel");
        cancel.getStyleClass().add("plain");
        cancel.setMinWidth(Region.USE_PREF_SIZE);
        cancel.setOnAction(_ -> overlay.close());
        HBox buttons = new HBox(12, cancel, Labels.spacer(), go);
        buttons.getStyleClass().add("row");
        return buttons;
    }

    /** Raises the dialog with the ladder that there is. */
    void open() {
        model.feedProperty().get().newest().ifPresent(this::open);
    }

    private void open(Ladder ladder) {
        seen = ladder;
        model.begin();
        offer(ladder);
        rules.setText(ladder.rules());
        overlay.open(card, this::closed);
        bound =
                Subscription.combine(
                        version.valueProperty().subscribe(_ -> show()),
                        rules.textProperty().subscribe(_ -> show()),
                        model.feedProperty().subscribe(_ -> show()),
                        model.changeProperty().subscribe(this::follow),
                        model.refusalProperty().subscribe(this::showRefusal));
        version.requestFocus();
    }

    private void offer(Ladder ladder) {
        List<String> offered = new ArrayList<>(List.of(NO_VERSION));
        versions.get().stream()
                .filter(each -> !each.equals(ladder.champion()))
                .forEach(offered::add);
        if (!ladder.version().isEmpty() && !offered.contains(ladder.version())) {
            offered.add(ladder.version());
        }
        version.getItems().setAll(offered);
        version.setValue(ladder.version().isEmpty() ? NO_VERSION : ladder.version());
    }

    private void closed() {
        bound.unsubscribe();
        bound = Subscription.EMPTY;
        seen = null;
    }

    private LadderDraft draft(Ladder since) {
        String chosen = Objects.requireNonNullElse(version.getValue(), NO_VERSION);
        return new LadderDraft(
                since.revision(),
                chosen.equals(NO_VERSION) ? "" : chosen,
                Objects.requireNonNullElse(rules.getText(), ""));
    }

    private void go() {
        Ladder since = seen;
        if (since != null) {
            model.set(draft(since));
        }
    }

    private void acceptChange() {
        model.feedProperty()
                .get()
                .newest()
                .ifPresent(
                        newest -> {
                            seen = newest;
                            show();
                        });
    }

    private void follow(LadderViewModel.Change change) {
        if (change == LadderViewModel.Change.DONE) {
            overlay.close();
        } else {
            show();
        }
    }

    private void show() {
        Ladder since = seen;
        if (since == null) {
            return;
        }
        Feed<Ladder> feed = model.feedProperty().get();
        Ladder newest = feed.newest().orElse(since);
        boolean isNew = newest.revision() != since.revision();
        changedBanner.setVisible(isNew);
        changedBanner.setManaged(isNew);
        changed.setText(
                isNew
                        ? "The ladder was changed%s while you looked. It is now: %s."
                                .formatted(
                                        newest.setting().map(made -> " by " + made.by()).orElse(""),
                                        newest.draft().words())
                        : "");
        LadderDraft draft = draft(since);
        effect.setText(LadderEffect.of(newest, draft));
        go.show(action(feed, newest, draft, isNew));
    }

    private ActionState action(Feed<Ladder> feed, Ladder newest, LadderDraft draft, boolean isNew) {
        String words = LadderEffect.action(model.model(), draft);
        if (isNew) {
            return ActionState.refused(words, "Look at the change first");
        }
        if (!(feed instanceof Feed.Live<Ladder>)) {
            return ActionState.refused(words, "The server does not answer");
        }
        return draft.isSame(newest)
                ? ActionState.refused(words, "It is so already")
                : ActionState.allowed(words)
                        .withBusy(model.changeProperty().get() == LadderViewModel.Change.SENT);
    }

    /** A ladder that does not fit is no change that somebody else made meanwhile. */
    private static String words(ServiceFailure failure) {
        return switch (failure) {
            case ServiceFailure.Conflict _, ServiceFailure.Invalid _ ->
                    "Refused: " + failure.message();
            default -> "%s: %s. %s".formatted(failure.title(), failure.message(), failure.advice());
        };
    }

    private void showRefusal(@Nullable ServiceFailure failure) {
        refused.setVisible(failure != null);
        refused.setManaged(failure != null);
        refused.setText(failure == null ? "" : words(failure));
    }
}
