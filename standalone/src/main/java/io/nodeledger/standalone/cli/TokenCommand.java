package io.nodeledger.standalone.cli;

import io.nodeledger.standalone.token.TokenRequest;
import io.nodeledger.standalone.token.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code token}: prints a bearer token and nothing else. */
@Command(name = "token", description = "Prints a bearer token that the instance with the data folder accepts.")
final class TokenCommand implements Callable<Integer> {
    private static final List<String> ROLES = List.of("viewer", "developer", "admin", "auditor");

    @Option(names = "--workspace", paramLabel = "W", description = "The workspace that the role is held in.")
    private @Nullable String workspace;

    @Option(names = "--role", paramLabel = "ROLE", description = "viewer, developer, admin or auditor.")
    private @Nullable String role;

    @Option(names = "--platform-admin", description = "The caller operates the platform.")
    private boolean platformAdmin;

    @Option(
            names = "--expires-in",
            defaultValue = "3600",
            paramLabel = "SECONDS",
            description = "How long the token is good for (default: ${DEFAULT-VALUE}).")
    private long expiresIn;

    @Option(
            names = "--subject",
            paramLabel = "NAME",
            description = "Who calls, as the audit shows it (default: the user and role).")
    private @Nullable String subject;

    @Mixin
    private DataOption data = new DataOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (workspace == null ? role != null || !platformAdmin : role == null) {
            throw refused("Pass --workspace and --role together, or --platform-admin, or all of them.");
        }
        if (role != null && !ROLES.contains(role)) {
            throw refused("--role must be one of " + String.join(", ", ROLES) + ", but is '" + role + "'.");
        }
        var request = new TokenRequest(subject(), workspace, role, platformAdmin, Duration.ofSeconds(expiresIn));
        System.out.println(Tokens.of(data.folder()).mint(request));
        return 0;
    }

    private String subject() {
        return subject != null
                ? subject
                : System.getProperty("user.name") + "-" + (role == null ? "platform-admin" : role);
    }

    private RuntimeException refused(String sentence) {
        return spec == null
                ? new IllegalArgumentException(sentence)
                : new ParameterException(spec.commandLine(), sentence);
    }
}
