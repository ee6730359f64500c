package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.control.ActionButton;
import dev.tidegate.workbench.control.ActionState;
import dev.tidegate.workbench.control.Figures;
import dev.tidegate.workbench.control.Icons;
import dev.tidegate.workbench.control.Labels;
import dev.tidegate.workbench.control.Overlay;
import dev.tidegate.workbench.control.Times;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.theme.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** The approval: the evidence that will be signed, live, and the reason that goes with it. */
final class ApprovalDialog {
    private final RolloutViewModel model;
    private final Overlay overlay;
    private final Label title = Labels.of("", "page-title");
    private final Label subtitle = Labels.wrapping("", "muted");
    private final HBox tiles = new HBox(12);
    private final List<EvidenceTile> shownTiles = new ArrayList<>();
    private final HBox verdict = new HBox(12);
    private final Label signed = Labels.wrapping("", "mono", "signed");
    private final Tooltip signedWhole = Labels.explain(signed, "");
    private final VBox changed = new VBox(8);
    private final Label changes = Labels.wrapping("", "banner-text");
    private final Label refused = Labels.wrapping("", "refused-words");
    private final TextArea reason = new TextArea();
    private final ActionButton rollBack;
    private final ActionButton hold;
    private final ActionButton approve;
    private final VBox card = new VBox(16);
    private Subscription bound = Subscription.EMPTY;

    ApprovalDialog(RolloutViewModel model, Overlay overlay) {
        this.model = model;
        this.overlay = overlay;
        rollBack =
                new ActionButton(
                        "dialog-roll-back", "fth-rotate-ccw", "going-back", model::rollBack);
        hold = new ActionButton("dialog-hold", "fth-pause", "plain", model::holdOrResume);
        approve =
                new ActionButton(
                        "dialog-approve",
                        "fth-check",
                        "approve",
                        () -> model.approve(reason.getText()));
        card.setId("approval-dialog");
        card.getStyleClass().add("approval-dialog");
        reason.setId("approval-reason");
        reason.setPromptText("Why this may go on; it is kept in the audit trail with your name");
        reason.setAccessibleText("Reason for the approval");
        reason.setPrefRowCount(2);
        reason.setWrapText(true);
        reason.textProperty().bindBidirectional(model.reasonProperty());
        signed.setId("signed-evidence");
        card.getChildren()
                .addAll(
                        head(),
                        tiles,
                        verdict,
                        changedBanner(),
                        signedBox(),
                        reasonBox(),
                        buttons());
    }

    private Node head() {
        Button close = new Button();
        close.setId("approval-close");
        close.setGraphic(Icons.of("fth-x"));
        close.getStyleClass().add("icon-only");
        close.setAccessibleText("Close without approving");
        close.setOnAction(_ -> overlay.close());
        VBox words = new VBox(4, title, subtitle);
        HBox.setHgrow(words, Priority.ALWAYS);
        return new HBox(12, words, close);
    }

    private Node changedBanner() {
        Button accept = new Button("I have seen the change");
        accept.setId("accept-change");
        accept.getStyleClass().addAll("plain", "compact");
        accept.setOnAction(_ -> model.acceptChange());
        HBox words = new HBox(12, Icons.of(Tone.WATCH), changes, accept);
        HBox.setHgrow(changes, Priority.ALWAYS);
        accept.setMinWidth(Region.USE_PREF_SIZE);
        words.getStyleClass().add("row");
        changed.getChildren().add(words);
        changed.getStyleClass().addAll("banner", Tone.WATCH.styleClass());
        changed.setId("evidence-changed");
        VBox.setVgrow(words, Priority.NEVER);
        return changed;
    }

    private Node signedBox() {
        return new VBox(4, Labels.of("What you sign", "section-title"), signed);
    }

    private Node reasonBox() {
        Label name = Labels.of("Reason, for the audit trail", "section-title");
        name.setLabelFor(reason);
        return new VBox(6, name, reason, refused);
    }

    private Node buttons() {
        HBox buttons = new HBox(12, rollBack, Labels.spacer(), hold, approve);
        buttons.getStyleClass().add("row");
        return buttons;
    }

    /** Raises the dialog; it follows the stream until it is closed. */
    void open() {
        model.beginApproval();
        if (model.approvalProperty().get() == null) {
            return;
        }
        overlay.open(card, this::closed);
        bound =
                Subscription.combine(
                        model.approvalProperty().subscribe(this::show),
                        model.actionsProperty().subscribe(_ -> showButtons()),
                        model.refusalProperty().subscribe(this::showRefusal));
        reason.requestFocus();
        reason.end();
    }

    private void closed() {
        bound.unsubscribe();
        bound = Subscription.EMPTY;
        model.endApproval();
    }

    private void show(@Nullable Approval approval) {
        if (approval == null) {
            overlay.close();
            return;
        }
        Rollout rollout = approval.rollout();
        title.setText(RolloutActions.approveWords(rollout) + " of " + rollout.model());
        subtitle.setText(
                rollout.title()
                        + ", now at "
                        + Figures.percent(rollout.weight())
                        + " · started by "
                        + rollout.startedBy()
                        + " · "
                        + Figures.sentence(rollout.reason()));
        showTiles(rollout.guardrails());
        verdict.getChildren().setAll(VerdictBanner.content(rollout));
        verdict.getStyleClass().setAll("banner", VerdictBanner.tone(rollout).styleClass());
        changed.setVisible(approval.isChanged());
        changed.setManaged(approval.isChanged());
        changes.setText(
                "The evidence changed while you read: "
                        + String.join(", ", approval.changes())
                        + ".");
        signed.setText(signedWords(approval.seen(), rollout.asOf()));
        signedWhole.setText(wholeWords(approval.seen()));
        showButtons();
    }

    /** The same tiles as long as there are as many, so that a tooltip on one of them stays. */
    private void showTiles(List<Guardrail> guardrails) {
        while (shownTiles.size() < guardrails.size()) {
            shownTiles.add(new EvidenceTile());
        }
        shownTiles.subList(guardrails.size(), shownTiles.size()).clear();
        for (int i = 0; i < guardrails.size(); i++) {
            shownTiles.get(i).show(guardrails.get(i));
        }
        if (!tiles.getChildren().equals(shownTiles)) {
            tiles.getChildren().setAll(shownTiles);
        }
    }

    private static String signedWords(EvidenceSnapshot snapshot, Instant now) {
        return "fold position "
                + Figures.count(snapshot.foldPosition())
                + " of "
                + Times.clock(snapshot.at(), now)
                + "\n"
                + String.join(", ", snapshot.verdicts())
                + "\n"
                + "evidence "
                + Figures.shortened(snapshot.digest(), 25)
                + "\n"
                + "plan     "
                + Figures.shortened(snapshot.planDigest(), 25);
    }

    /** With nothing left out, for whoever compares it with the audit trail. */
    private static String wholeWords(EvidenceSnapshot snapshot) {
        return Times.full(snapshot.at())
                + "\nevidence "
                + snapshot.digest()
                + "\nplan "
                + snapshot.planDigest();
    }

    private void showButtons() {
        RolloutActions actions = model.actionsProperty().get();
        Approval approval = model.approvalProperty().get();
        if (actions == null || approval == null) {
            return;
        }
        rollBack.show(actions.rollBack());
        hold.show(actions.hold());
        ActionState state = actions.approve();
        approve.show(
                approval.isChanged()
                        ? ActionState.refused(state.words(), "Look at the change first")
                        : state);
    }

    private void showRefusal(@Nullable ServiceFailure failure) {
        refused.setVisible(failure != null);
        refused.setManaged(failure != null);
        refused.setText(failure == null ? "" : failure.title() + ": " + failure.message());
        reason.getStyleClass().remove("refused");
        if (failure instanceof ServiceFailure.Invalid) {
            reason.getStyleClass().add("refused");
        }
    }
}
