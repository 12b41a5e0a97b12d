package io.nodeledger.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.standalone.StandaloneServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each service's role may read what the service reads of others, and nothing is allowed at tables that don't exist. */
class RolesTest {
    /** A row of the list: relation, privileges, roles. */
    private static final Pattern GRANT = Pattern.compile("\\('([a-z_]+\\.[a-z_]+)',\\s*'([^']+)',\\s*'([^']+)'\\)");

    /** A relation where SQL names one, or as a text of its own; a name that goes on with a parameter is none. */
    private static final Pattern USED = Pattern.compile(
            "(?i:\\b(?:from|join|into|update)\\s+|\"|')((?:eventstore|query|provisioner|webhook)\\.[a-z_]*[a-z])(?=[\\s\"'(),])");

    /** Names of events look like relations. */
    private static final Pattern EVENT =
            Pattern.compile("webhook\\.(created|changed|deleted|disabled|secret_rotated|test)");

    private record Part(String role, String ownSchema) {}

    private static final Map<String, Part> PARTS = Map.of(
            "command-service", new Part("nodeledger_command", "command"),
            "query-service", new Part("nodeledger_query", "query"),
            "provisioner-saga", new Part("nodeledger_provisioner", "provisioner"),
            "webhook-service", new Part("nodeledger_webhook", "webhook"));

    private final String script;

    RolesTest() throws IOException {
        script = Files.readString(DeployFolder.DEPLOY.resolve("postgresql/roles.sql"));
    }

    @Test
    void whatAServiceUsesOfOthersItMay() throws IOException {
        for (var part : PARTS.entrySet()) {
            String own = part.getValue().ownSchema() + ".";
            for (String relation : used(part.getKey())) {
                if (!relation.startsWith(own)) {
                    assertThat(granted(part.getValue().role()))
                            .as("%s uses %s", part.getKey(), relation)
                            .contains(relation);
                }
            }
        }
    }

    @Test
    void nobodyChangesEvents() {
        GRANT.matcher(script)
                .results()
                .filter(grant -> grant.group(1).equals("eventstore.domain_event"))
                .forEach(grant -> assertThat(grant.group(2)).isIn("SELECT", "SELECT, INSERT"));
    }

    @Test
    void everythingThatIsGrantedExists() throws SQLException {
        var runtime = StandaloneServer.shared().runtime();
        try (var connection =
                        DriverManager.getConnection(runtime.jdbcUrl(), runtime.jdbcUser(), runtime.jdbcPassword());
                var exists = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            for (String relation : granted("nodeledger_")) {
                // One instance alone has nobody to share its limits with, hence no table for them.
                if (!relation.startsWith("ratelimit.")) {
                    exists.setString(1, relation);
                    try (var answer = exists.executeQuery()) {
                        assertThat(answer.next() && answer.getBoolean(1))
                                .as(relation)
                                .isTrue();
                    }
                }
            }
        }
    }

    private Set<String> granted(String role) {
        var found = new TreeSet<String>();
        GRANT.matcher(script)
                .results()
                .filter(grant -> grant.group(3).contains(role))
                .forEach(grant -> found.add(grant.group(1)));
        return found;
    }

    private static Set<String> used(String module) throws IOException {
        var found = new TreeSet<String>();
        for (Path source : DeployFolder.files(DeployFolder.ROOT.resolve(module).resolve("src/main/java"), ".java")) {
            USED.matcher(Files.readString(source))
                    .results()
                    .map(use -> use.group(1))
                    .filter(relation -> !EVENT.matcher(relation).matches())
                    .forEach(found::add);
        }
        return found;
    }
}
