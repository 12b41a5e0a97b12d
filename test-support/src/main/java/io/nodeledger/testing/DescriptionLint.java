package io.nodeledger.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A linter for descriptions of APIs. Needs npx and its package; where either can't be had the test is skipped and says so. */
public final class DescriptionLint {
    private static final List<String> LINT = List.of("npx", "--yes", "@redocly/cli@2", "lint");
    private static final long PATIENCE_SECONDS = 60;

    private DescriptionLint() {}

    /**
     * Fails unless it accepts the description.
     *
     * @param folder for files
     * @param json OpenAPI or AsyncAPI
     */
    public static void accepts(Path folder, String json) throws Exception {
        var description = Files.writeString(folder.resolve("description.json"), json);
        var said = folder.resolve("lint.txt");

        var lint = start(description, said);

        assumeTrue(lint != null, "npx is not on the PATH");
        var ended = lint.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            lint.descendants().forEach(ProcessHandle::destroyForcibly);
            lint.destroyForcibly();
        }
        assumeTrue(ended, "the linter could not be fetched in time");
        var output = Files.readString(said, UTF_8);
        assumeFalse(
                output.contains("npm error") || output.contains("npm ERR!"),
                () -> "the linter could not be fetched: " + output);
        assertEquals(0, lint.exitValue(), output);
    }

    private static @Nullable Process start(Path description, Path said) {
        var process = new ProcessBuilder(new ArrayList<>(LINT))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        process.command().add(description.toString());
        process.environment().put("REDOCLY_TELEMETRY", "off");
        process.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        try {
            return process.start();
        } catch (IOException absent) {
            return null;
        }
    }
}
