package io.nodeledger.query.openapi;

import io.nodeledger.testing.DescriptionLint;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiLintTest {
    @Test
    void a_linter_accepts_the_description(@TempDir Path folder) throws Exception {
        DescriptionLint.accepts(folder, OpenApiDocument.load().json());
    }
}
