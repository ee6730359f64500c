package dev.tidegate.workbench.rollout;

import dev.tidegate.workbench.connection.Feed;
import dev.tidegate.workbench.connection.Streams;
import dev.tidegate.workbench.failure.Outcome;
import dev.tidegate.workbench.failure.ServiceFailure;
import dev.tidegate.workbench.fx.Cadence;
import dev.tidegate.workbench.fx.UiPulse;
import dev.tidegate.workbench.fx.Valve;
import dev.tidegate.workbench.rollout.RolloutActions.Command;
import dev.tidegate.workbench.theme.ArmColours;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** One rollout, live, and the commands of a person on it. */
public final class RolloutViewModel {
    private static final Duration HISTORY = Duration.ofDays(1);

    private final String id;
    private final RolloutGateway gateway;
    private final Streams streams;
    private final UiPulse pulse;
    private final Clock clock;
    private final ArmColours colours;
    private final EvidencePath path = new EvidencePath();

    private final ReadOnlyObjectWrapper<Feed<RolloutSnapshot>> feed =
            new ReadOnlyObjectWrapper<>(new Feed.Waiting<>());
    private final ReadOnlyObjectWrapper<@Nullable RolloutActions> actions =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable EvidenceFrames> evidence =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Approval> approval =
            new ReadOnlyObjectWrapper<>();
    private final StringProperty reason;
    private final CommandSender commands;
    private final ObjectProperty<String> guardrail = new SimpleObjectProperty<>("");
    private final BooleanProperty overUnits = new SimpleBooleanProperty();
    private String requestId = newRequestId();

    /**
     * @param drafts keeps the reason that is being typed, also while this is not on the screen
     */
    public RolloutViewModel(
            String id,
            RolloutGateway gateway,
            Streams streams,
            UiPulse pulse,
            Executor screen,
            Clock clock,
            ArmColours colours,
            ReasonDrafts drafts) {
        this.id = id;
        this.reason = drafts.of(id);
        this.gateway = gateway;
        this.streams = streams;
        this.pulse = pulse;
        this.clock = clock;
        this.colours = colours;
        this.commands = new CommandSender(screen, this::showActions);
        guardrail.subscribe(_ -> drawEvidence());
        overUnits.subscribe(_ -> drawEvidence());
    }

    /** Watches the rollout until unsubscribed. */
    public Subscription start() {
        Valve<Feed<RolloutSnapshot>> values = pulse.valve(Cadence.VALUES, this::show);
        Valve<Feed<RolloutSnapshot>> frames = pulse.valve(Cadence.CHARTS, _ -> drawEvidence());
        Subscription stream =
                streams.follow(
                        gateway.watch(id, HISTORY),
                        this::add,
                        next -> {
                            values.accept(next);
                            frames.accept(next);
                        });
        return Subscription.combine(stream, values, frames);
    }

    private RolloutSnapshot add(RolloutUpdate update) {
        path.add(update.rollout().startedAt(), update.points());
        return new RolloutSnapshot(update.rollout(), path.series(false), path.series(true));
    }

    private void show(Feed<RolloutSnapshot> next) {
        feed.set(next);
        next.newest().map(RolloutSnapshot::rollout).ifPresent(this::showRollout);
        showActions();
    }

    private void showRollout(Rollout rollout) {
        colours.learn(rollout.model(), List.of(rollout.champion(), rollout.candidate()));
        if (rollout.guardrails().stream()
                .noneMatch(reading -> reading.name().equals(guardrail.get()))) {
            guardrail.set(
                    rollout.guardrails().stream().findFirst().map(Guardrail::name).orElse(""));
        }
        if (evidence.get() == null) {
            drawEvidence();
        }
        Approval open = approval.get();
        if (open != null) {
            approval.set(open.next(rollout));
        }
    }

    private void showActions() {
        Optional<String> unreachable =
                switch (feed.get()) {
                    case Feed.Stale<RolloutSnapshot> stale -> Optional.of(stale.failure().title());
                    case Feed.Failed<RolloutSnapshot> failed ->
                            Optional.of(failed.failure().title());
                    case Feed.Live<RolloutSnapshot> _, Feed.Waiting<RolloutSnapshot> _ ->
                            Optional.empty();
                };
        rollout()
                .ifPresent(
                        rollout ->
                                actions.set(
                                        RolloutActions.of(
                                                rollout, commands.pending(), unreachable)));
    }

    private void drawEvidence() {
        feed.get()
                .newest()
                .ifPresent(
                        snapshot ->
                                chosen(snapshot.rollout())
                                        .ifPresent(reading -> draw(snapshot, reading)));
    }

    private void draw(RolloutSnapshot snapshot, Guardrail reading) {
        evidence.set(
                EvidenceFrames.of(
                        snapshot, reading, overUnits.get(), candidateColour(snapshot.rollout())));
    }

    /** The guardrail whose evidence is shown. */
    Optional<Guardrail> chosen(Rollout rollout) {
        return rollout.guardrails().stream()
                .filter(reading -> reading.name().equals(guardrail.get()))
                .findFirst();
    }

    int championColour(Rollout rollout) {
        return colours.indexOf(rollout.model(), rollout.champion());
    }

    int candidateColour(Rollout rollout) {
        return colours.indexOf(rollout.model(), rollout.candidate());
    }

    /** Opens the approval with the evidence as it is now. */
    void beginApproval() {
        commands.forgetRefusal();
        requestId = newRequestId();
        rollout().ifPresent(rollout -> approval.set(Approval.open(rollout)));
    }

    void endApproval() {
        approval.set(null);
    }

    /** The approver has looked at what changed. */
    void acceptChange() {
        Approval open = approval.get();
        if (open != null) {
            requestId = newRequestId();
            commands.forgetRefusal();
            approval.set(open.accepted());
        }
    }

    /** Signs what the dialog shows; an empty reason is refused here. */
    void approve(String why) {
        Approval open = approval.get();
        if (open == null || !commands.canSend(Command.APPROVE) || open.isChanged()) {
            return;
        }
        if (why.isBlank()) {
            commands.refuse(
                    new ServiceFailure.Invalid(
                            "An approval needs a reason", Optional.of("reason")));
            return;
        }
        commands.send(
                Command.APPROVE,
                () -> gateway.approve(open.rollout(), open.seen(), why.strip(), requestId),
                answer -> {
                    reason.set("");
                    showAnswer(answer);
                });
    }

    /** Takes the candidate out of traffic, at once. */
    void rollBack() {
        rollout()
                .ifPresent(
                        rollout ->
                                commands.send(
                                        Command.ROLL_BACK,
                                        () ->
                                                gateway.rollBack(
                                                        rollout,
                                                        "Rolled back in the workbench",
                                                        newRequestId()),
                                        this::showAnswer));
    }

    /** Holds the rollout at its weight, or lets it go on when it is on hold. */
    void holdOrResume() {
        rollout()
                .ifPresent(
                        rollout ->
                                commands.send(
                                        Command.HOLD,
                                        () -> holdOrResume(rollout),
                                        this::showAnswer));
    }

    private CompletableFuture<Outcome<Rollout>> holdOrResume(Rollout rollout) {
        return rollout.state().equals("HOLDING")
                ? gateway.resume(rollout, "Resumed in the workbench", newRequestId())
                : gateway.hold(rollout, "Held in the workbench", newRequestId());
    }

    /** The answer of a command that a later one overtook is not shown. */
    private void showAnswer(Rollout answer) {
        if (approval.get() != null) {
            endApproval();
        }
        Feed<RolloutSnapshot> now = feed.get();
        now.newest()
                .filter(old -> answer.revision() >= old.rollout().revision())
                .map(old -> new RolloutSnapshot(answer, old.byTime(), old.byUnits()))
                .ifPresent(next -> show(now.withAnswer(next, clock.instant())));
    }

    private static String newRequestId() {
        return UUID.randomUUID().toString();
    }

    private Optional<Rollout> rollout() {
        return feed.get().newest().map(RolloutSnapshot::rollout);
    }

    ReadOnlyObjectProperty<Feed<RolloutSnapshot>> feedProperty() {
        return feed.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable RolloutActions> actionsProperty() {
        return actions.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable EvidenceFrames> evidenceProperty() {
        return evidence.getReadOnlyProperty();
    }

    /** What the open approval dialog shows; null while it is closed. */
    ReadOnlyObjectProperty<@Nullable Approval> approvalProperty() {
        return approval.getReadOnlyProperty();
    }

    /** What is typed as the reason of the approval; empties once the approval is given. */
    StringProperty reasonProperty() {
        return reason;
    }

    /** Why the server did not do the last command; null when it did. */
    ReadOnlyObjectProperty<@Nullable ServiceFailure> refusalProperty() {
        return commands.refusalProperty();
    }

    /** Name of the guardrail that the evidence chart shows. */
    ObjectProperty<String> guardrailProperty() {
        return guardrail;
    }

    /** Whether the evidence chart's x is units of the candidate instead of time. */
    BooleanProperty overUnitsProperty() {
        return overUnits;
    }
}
