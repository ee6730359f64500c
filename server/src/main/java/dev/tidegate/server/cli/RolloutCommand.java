package dev.tidegate.server.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidegate rollout}: lets a candidate in, or shuts it out. */
@Command(
        name = "rollout",
        description = "Lets a new version in as fast as the evidence allows.",
        footer = {"", "Example:", "  tidegate rollout start churn --candidate v2"})
public final class RolloutCommand {
    @Command(
            name = "start",
            description = "Starts a rollout of a version.",
            footer = {
                "",
                "Example:",
                "  tidegate rollout start churn --candidate v2 --plan default",
                "  tidegate rollout start churn --candidate v1-small --plan cheaper"
            })
    int start(
            @Parameters(paramLabel = "MODEL", description = "The model's name.") String model,
            @Option(
                            names = "--candidate",
                            required = true,
                            paramLabel = "V",
                            description = "The version to let in.")
                    String candidate,
            @Option(
                            names = "--plan",
                            defaultValue = "default",
                            paramLabel = "PLAN",
                            description =
                                    "Name of a stored plan (default, cheaper, demo), or a file FILE.yaml (default: ${DEFAULT-VALUE}).")
                    String plan,
            @Mixin ServerOptions server) {
        RolloutPlan chosen = RolloutPlan.of(plan);
        try (ServerConnection connection = server.connect()) {
            Document rollout = new GrpcRolloutGateway(connection).start(model, candidate, chosen);
            if (!rollout.text("forecast").isEmpty()) {
                server.printer().message(rollout.text("forecast"));
            }
            if (rollout.fields().get("warnings") instanceof List<?> warnings) {
                warnings.forEach(warning -> server.printer().message("warning: " + warning));
            }
            server.printer().print(rollout, RolloutText::evidence);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "show",
            description = "Shows a rollout with its evidence.",
            footer = {
                "",
                "Example:",
                "  tidegate rollout show 0198c0de-7a31-7cc0-8000-3f5e6b9a1d42 --output json"
            })
    int show(@Mixin RolloutTarget target) {
        return target.call(GrpcRolloutGateway::show, RolloutText::evidence);
    }

    @Command(
            name = "list",
            description = "Lists rollouts, newest first.",
            footer = {"", "Example:", "  tidegate rollout list --model churn"})
    int list(
            @Option(
                            names = "--model",
                            paramLabel = "MODEL",
                            defaultValue = "",
                            description = "Only of this model.")
                    String model,
            @Mixin ServerOptions server) {
        return server.call(connection -> new GrpcRolloutGateway(connection).list(model));
    }

    @Command(
            name = "watch",
            description =
                    "Prints the rollout at each change, one line each, until it has ended; connects again when the server"
                            + " restarts.",
            footer = {
                "",
                "Example:",
                "  tidegate rollout watch 0198c0de-7a31-7cc0-8000-3f5e6b9a1d42"
            })
    int watch(@Mixin RolloutTarget target) throws InterruptedException {
        Printer printer = target.server().printer();
        new RolloutWatch(target.server()::connect, printer::message)
                .follow(
                        target.id(),
                        rollout -> {
                            printer.print(rollout, RolloutText::line);
                            return true;
                        });
        return ExitCode.OK;
    }

    @Command(
            name = "approve",
            description =
                    "Signs evidence and lets the next step in: that of --evidence, else what it prints. It is refused when"
                            + " a verdict, the step or the plan has changed since.",
            footer = {
                "",
                "Example:",
                "  tidegate rollout approve 0198c0de-7a31-7cc0-8000-3f5e6b9a1d42 --reason \"no errors in a week\""
            })
    int approve(
            @Mixin RolloutTarget target,
            @Mixin Reason.Required reason,
            @Option(
                            names = "--evidence",
                            paramLabel = "POSITION:DIGEST",
                            converter = SeenEvidence.Converter.class,
                            description =
                                    "What you looked at: the field evidence of 'rollout show'.")
                    @Nullable SeenEvidence seen) {
        Printer printer = target.server().printer();
        try (ServerConnection connection = target.server().connect()) {
            GrpcRolloutGateway.Evidence evidence =
                    new GrpcRolloutGateway(connection).evidence(target.id());
            printer.message(RolloutText.evidence(evidence.rollout()));
            printer.print(
                    seen == null
                            ? evidence.approve(reason.text())
                            : evidence.approve(reason.text(), seen),
                    RolloutText::line);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "hold",
            description = "Keeps the weight where it is until somebody resumes.",
            footer = {
                "",
                "Example:",
                "  tidegate rollout hold 0198c0de-7a31-7cc0-8000-3f5e6b9a1d42 --reason \"release freeze\""
            })
    int hold(@Mixin RolloutTarget target, @Mixin Reason reason) {
        return target.call((rollouts, id) -> rollouts.hold(id, reason.text()), RolloutText::line);
    }

    @Command(
            name = "resume",
            description = "Ends a hold.",
            footer = {
                "",
                "Example:",
                "  tidegate rollout resume 0198c0de-7a31-7cc0-8000-3f5e6b9a1d42"
            })
    int resume(@Mixin RolloutTarget target, @Mixin Reason reason) {
        return target.call((rollouts, id) -> rollouts.resume(id, reason.text()), RolloutText::line);
    }

    @Command(
            name = "rollback",
            description = "Gives all traffic back to the champion.",
            footer = {
                "",
                "Example:",
                "  tidegate rollout rollback 0198c0de-7a31-7cc0-8000-3f5e6b9a1d42 --reason \"complaints\""
            })
    int rollback(@Mixin RolloutTarget target, @Mixin Reason.Required reason) {
        return target.call(
                (rollouts, id) -> rollouts.rollBack(id, reason.text()), RolloutText::line);
    }
}
