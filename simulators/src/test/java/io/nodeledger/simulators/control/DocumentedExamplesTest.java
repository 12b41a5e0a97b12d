package io.nodeledger.simulators.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people copy from the documentation works. */
class DocumentedExamplesTest {
    private static final Path PAGE = Path.of(System.getProperty("nodeledger.root", ".."), "docs", "simulators.md");
    private static final Pattern FAULT = Pattern.compile("curl -s \\$CONTROL/faults --json '([^']+)'");

    @Test
    void every_documented_fault_is_taken(@TempDir Path folder) throws Exception {
        List<String> bodies = FAULT.matcher(Files.readString(PAGE))
                .results()
                .map(example -> example.group(1))
                .toList();
        try (var region = new ControlledRegion(folder)) {
            assertThat(bodies)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(body -> assertThat(region.post("/faults", body).status())
                            .as(body)
                            .isEqualTo(201));
        }
    }
}
