package io.nodeledger.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A schema of one release also serves the release before: migrations add, and take away only what the release before did not use
 * any more. Whoever takes something away says here since when nobody has used it.
 */
class MigrationsTest {
    /** What instances of the release before would miss, or could no longer write. */
    private static final List<Pattern> CONTRACTING = Stream.of(
                    "DROP (TABLE|VIEW|MATERIALIZED VIEW|SCHEMA|FUNCTION|TYPE|SEQUENCE|EXTENSION)\\b",
                    "ALTER TABLE\\b[^;]*\\bDROP (?!NOT NULL|DEFAULT|CONSTRAINT|EXPRESSION|IDENTITY)",
                    "\\bRENAME\\b",
                    "\\bTRUNCATE\\b",
                    "ALTER (COLUMN )?\\w+ (SET DATA )?TYPE\\b",
                    "ALTER (COLUMN )?\\w+ SET NOT NULL",
                    "ALTER TABLE\\b[^;]*\\bADD (COLUMN )?(?!CONSTRAINT\\b)(?![^,;]*\\b(DEFAULT|GENERATED)\\b)[^,;]*\\bNOT NULL")
            .map(rule -> Pattern.compile(rule.replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE))
            .toList();

    private static final String FIRST = "0.1.0 is the first release: nothing older runs beside it";

    private static final Map<String, String> TAKEN_AWAY = Map.of(
            "provisioner/V15__one_kind_of_turn.sql", FIRST,
            "query/V7__settled_costs.sql", FIRST,
            "query/V8__audit.sql", FIRST,
            "webhook/V4__collation.sql", FIRST,
            "webhook/V6__lines.sql", FIRST);

    @Test
    void noMigrationTakesAwayWhatTheReleaseBeforeUses() throws IOException {
        var contracting = new TreeSet<String>();
        for (Path migration : migrations()) {
            if (contracts(Files.readString(migration))) {
                contracting.add(schema(migration) + "/" + migration.getFileName());
            }
        }

        assertThat(contracting).isEqualTo(new TreeSet<>(TAKEN_AWAY.keySet()));
    }

    @Test
    void allSchemasAreLookedAt() throws IOException {
        assertThat(migrations())
                .extracting(MigrationsTest::schema)
                .containsAll(Set.of("audit", "command", "eventstore", "provisioner", "query", "ratelimit", "webhook"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE a;",
                "ALTER TABLE a DROP b;",
                "ALTER TABLE a\n  ADD c integer,\n  DROP COLUMN b;",
                "ALTER TABLE a RENAME b TO c;",
                "ALTER TABLE a ALTER COLUMN b TYPE bigint;",
                "ALTER TABLE a ALTER b SET NOT NULL;",
                "ALTER TABLE a ADD b integer NOT NULL;"
            })
    void whatTheReleaseBeforeWouldMissIsSeen(String sql) {
        assertThat(contracts(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE a (b integer NOT NULL);",
                "ALTER TABLE a ADD b integer;",
                "ALTER TABLE a ADD b integer NOT NULL DEFAULT 0, ADD c text;",
                "ALTER TABLE a ALTER b DROP NOT NULL;",
                "DROP INDEX a;",
                "-- DROP TABLE a;"
            })
    void whatItCanLiveWithIsNot(String sql) {
        assertThat(contracts(sql)).isFalse();
    }

    private static String schema(Path migration) {
        return migration.getName(migration.getNameCount() - 2).toString();
    }

    private static boolean contracts(String sql) {
        String statements = sql.replaceAll("--[^\n]*", "");
        return CONTRACTING.stream().anyMatch(rule -> rule.matcher(statements).find());
    }

    private static List<Path> migrations() throws IOException {
        var found = new ArrayList<Path>();
        for (String module : List.of("service-base", "provisioner-saga", "query-service", "webhook-service")) {
            found.addAll(
                    DeployFolder.files(DeployFolder.ROOT.resolve(module).resolve("src/main/resources/db"), ".sql"));
        }
        return found;
    }
}
