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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A schema of one release also serves the release before: migrations add, and take away only what the release before did not use
 * any more. Whoever takes something away says here since when nobody has used it.
 */
class MigrationsTest {
    private static final String NAME = "(\\w+|\"[^\"]+\")";

    /** What instances of the release before would miss, or could no longer write. */
    private static final List<Pattern> CONTRACTING = Stream.of(
                    "DROP (TABLE|VIEW|MATERIALIZED VIEW|SCHEMA|FUNCTION|PROCEDURE|ROUTINE|TYPE|DOMAIN|SEQUENCE|EXTENSION)\\b",
                    "ALTER TABLE\\b[^;]*\\bDROP (?!NOT NULL|DEFAULT|CONSTRAINT|EXPRESSION|IDENTITY)",
                    // What ON CONFLICT names; nobody names a check or a reference.
                    "DROP CONSTRAINT (?!(IF EXISTS )?\\w+_(fkey|check)\\b)",
                    "\\bRENAME\\b",
                    "\\bTRUNCATE\\b",
                    "ALTER (COLUMN )?# (SET DATA )?TYPE\\b",
                    "ALTER (COLUMN )?# SET NOT NULL",
                    "ALTER (COLUMN )?# DROP (DEFAULT|IDENTITY)",
                    "\\bADD (CONSTRAINT # )?(CHECK|UNIQUE|PRIMARY KEY|FOREIGN KEY|EXCLUDE)\\b",
                    "ALTER TABLE\\b[^;]*\\bADD (COLUMN )?(?!CONSTRAINT\\b)(?![^,;]*\\b(DEFAULT|GENERATED)\\b)[^,;]*\\bNOT NULL")
            .map(MigrationsTest::pattern)
            .toList();

    /** The commas of {@code numeric(10, 2)} end no column. */
    private static final Pattern PRECISION = Pattern.compile("\\(\\s*\\d+\\s*(,\\s*\\d+\\s*)?\\)");

    private static final Pattern NEW_TABLE = pattern("CREATE TABLE (?:IF NOT EXISTS )?(?:\\w+\\.)?(\\w+)");
    private static final Pattern UNIQUE_INDEX = pattern(
            "CREATE UNIQUE INDEX (?:CONCURRENTLY )?(?:IF NOT EXISTS )?(?:(?!ON )(\\w+) )?ON (?:ONLY )?(?:\\w+\\.)?(\\w+)");
    private static final Pattern DROPPED_INDEXES = pattern("DROP INDEX (?:CONCURRENTLY )?(?:IF EXISTS )?([\\w., ]+)");

    private static final String FIRST = "0.1.0 is the first release: nothing older runs beside it";

    private static final Map<String, String> TAKEN_AWAY = Map.of(
            "provisioner/V15__one_kind_of_turn.sql", FIRST,
            "query/V7__settled_costs.sql", FIRST,
            "query/V8__audit.sql", FIRST,
            "webhook/V4__collation.sql", FIRST,
            "webhook/V6__lines.sql", FIRST,
            "webhook/V7__one_replay.sql", FIRST);

    @Test
    void noMigrationTakesAwayWhatTheReleaseBeforeUses() throws IOException {
        var contracting = new TreeSet<String>();
        var all = new StringBuilder();
        for (Path migration : migrations()) {
            all.append(Files.readString(migration));
        }
        for (Path migration : migrations()) {
            if (contracts(Files.readString(migration), all.toString())) {
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
                "ALTER TABLE a ADD b integer NOT NULL;",
                "ALTER TABLE a ADD price numeric(10, 2) NOT NULL;",
                "ALTER TABLE a ADD CONSTRAINT c CHECK (b > 0);",
                "ALTER TABLE a ADD UNIQUE (b);",
                "ALTER TABLE a ADD CONSTRAINT c FOREIGN KEY (b) REFERENCES d;",
                "ALTER TABLE a ALTER b DROP DEFAULT;",
                "ALTER TABLE a ALTER COLUMN \"b\" SET NOT NULL;",
                "ALTER TABLE a DROP CONSTRAINT a_b_key;",
                "DROP PROCEDURE a;",
                "CREATE UNIQUE INDEX ON s.a (b);",
                "CREATE UNIQUE INDEX c ON a (b);",
                "CREATE TABLE a (b integer); CREATE UNIQUE INDEX c ON a (b); DROP INDEX d, s.c;"
            })
    void whatTheReleaseBeforeWouldMissIsSeen(String sql) {
        assertThat(contracts(sql, sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE a (b integer NOT NULL);",
                "ALTER TABLE a ADD b integer;",
                "ALTER TABLE a ADD b integer NOT NULL DEFAULT 0, ADD c text;",
                "ALTER TABLE a ALTER b DROP NOT NULL;",
                "ALTER TABLE a ADD price numeric(10, 2) NOT NULL DEFAULT 0;",
                "ALTER TABLE a DROP CONSTRAINT a_b_fkey;",
                "CREATE TABLE s.a (b integer); CREATE UNIQUE INDEX ON s.a (b);",
                "DROP INDEX a;",
                "-- DROP TABLE a;"
            })
    void whatItCanLiveWithIsNot(String sql) {
        assertThat(contracts(sql, sql)).isFalse();
    }

    private static String schema(Path migration) {
        return migration.getName(migration.getNameCount() - 2).toString();
    }

    /** @param all the migrations, one of which may have made what this one drops */
    private static boolean contracts(String sql, String all) {
        String statements = PRECISION.matcher(withoutComments(sql)).replaceAll("");
        return CONTRACTING.stream().anyMatch(rule -> rule.matcher(statements).find())
                || makesOldRowsUnique(statements)
                || dropsUniqueIndex(statements, withoutComments(all));
    }

    private static boolean makesOldRowsUnique(String statements) {
        Set<String> made = NEW_TABLE
                .matcher(statements)
                .results()
                .map(table -> table.group(1))
                .collect(Collectors.toSet());
        return UNIQUE_INDEX.matcher(statements).results().anyMatch(index -> !made.contains(index.group(2)));
    }

    private static boolean dropsUniqueIndex(String statements, String all) {
        Set<String> unique = UNIQUE_INDEX
                .matcher(all)
                .results()
                .map(index -> String.valueOf(index.group(1)))
                .collect(Collectors.toSet());
        return DROPPED_INDEXES
                .matcher(statements)
                .results()
                .flatMap(dropped -> Stream.of(dropped.group(1).split(",", -1)))
                .map(name -> name.strip().replaceFirst("^\\w+\\.", ""))
                .anyMatch(unique::contains);
    }

    private static String withoutComments(String sql) {
        return sql.replaceAll("--[^\n]*", "");
    }

    private static Pattern pattern(String rule) {
        return Pattern.compile(rule.replace("#", NAME).replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE);
    }

    private static List<Path> migrations() throws IOException {
        var found = new ArrayList<Path>();
        try (Stream<Path> modules = Files.list(DeployFolder.ROOT)) {
            for (Path module : modules.sorted().toList()) {
                Path schemas = module.resolve("src/main/resources/db");
                if (Files.isDirectory(schemas)) {
                    found.addAll(DeployFolder.files(schemas, ".sql"));
                }
            }
        }
        return found;
    }
}
