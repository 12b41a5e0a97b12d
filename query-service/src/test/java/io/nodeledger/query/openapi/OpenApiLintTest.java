package io.nodeledger.query.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Slow, because npx may have to fetch the linter: run with {@code -Dnodeledger.lint=true}. */
@EnabledIfSystemProperty(named = "nodeledger.lint", matches = "true", disabledReason = "set -Dnodeledger.lint=true")
class OpenApiLintTest {
    @Test
    void a_linter_accepts_the_description(@TempDir Path folder) throws Exception {
        assumeTrue(hasNpx(), "npx is not on the PATH");
        var file = Files.writeString(
                folder.resolve("openapi.json"), OpenApiDocument.load().json());

        var lint = new ProcessBuilder("npx", "--yes", "@redocly/cli@2", "lint", file.toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(lint.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(lint.exitValue()).as(output).isZero();
    }

    private static boolean hasNpx() throws InterruptedException {
        try {
            return new ProcessBuilder("npx", "--version").start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
