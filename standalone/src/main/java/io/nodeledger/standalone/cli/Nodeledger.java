package io.nodeledger.standalone.cli;

import io.nodeledger.standalone.Obstacle;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: picks the command and turns what stands in its way into one sentence. */
@Command(
        name = "nodeledger",
        description = "Provisions, runs, observes and audits dedicated Kubernetes nodes.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            TokenCommand.class,
            DemoCommand.class,
            RebuildCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Nodeledger {
    private Nodeledger() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Nodeledger())
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(sentence(failure));
                    return 1;
                });
    }

    private static String sentence(Throwable failure) {
        Throwable root = failure;
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof Obstacle) {
                return String.valueOf(at.getMessage());
            }
            root = at;
        }
        return "Failed: " + (root.getMessage() == null ? root.toString() : root.getMessage());
    }
}
