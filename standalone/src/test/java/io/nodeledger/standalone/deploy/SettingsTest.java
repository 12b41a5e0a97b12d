package io.nodeledger.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever is set, or said to be set, is a setting that is described. */
class SettingsTest {
    private static final List<Pattern> NAMED = List.of(
            Pattern.compile("--(nodeledger\\.[a-z0-9.\\[\\]-]+)="),
            Pattern.compile("/etc/nodeledger/secrets/(nodeledger\\.[a-z0-9.-]+)"));

    private static final Pattern VARIABLE = Pattern.compile("\\b(NODELEDGER_[A-Z0-9_]+)\\b");
    private static final Pattern WRITTEN = Pattern.compile("`(nodeledger\\.[a-z0-9.\\[\\]*-]+)`");

    private final KnownSettings known;

    SettingsTest() throws IOException {
        known = KnownSettings.read(DeployFolder.DOCS.resolve("settings.md"));
    }

    @Test
    void thePageIsUnderstood() {
        assertThat(known.has("nodeledger.datasource.url")).isTrue();
        assertThat(known.has("nodeledger.regions[0].proxmox.ca-file")).isTrue();
        assertThat(known.has("nodeledger.kafka.client.security.protocol")).isTrue();
        assertThat(known.has("nodeledger.thresholds.memory.during")).isTrue();
        assertThat(known.has("nodeledger.jwt.*")).isTrue();
        assertThat(known.hasVariable("NODELEDGER_DATASOURCE_USERNAME")).isTrue();
        assertThat(known.has("nodeledger.datasource.pasword")).isFalse();
    }

    @Test
    void propertiesAreSettings() throws IOException {
        for (Path file : DeployFolder.files(DeployFolder.DEPLOY, ".properties", ".properties.example")) {
            for (String key : DeployFolder.properties(file).stringPropertyNames()) {
                if (key.startsWith("nodeledger.")) {
                    assertThat(known.has(key)).as("%s in %s", key, file).isTrue();
                }
            }
        }
    }

    @Test
    void argumentsSecretsAndVariablesAreSettings() throws IOException {
        for (Path file : DeployFolder.files(DeployFolder.DEPLOY, ".yaml", "Dockerfile", ".sh")) {
            String text = Files.readString(file);
            for (Pattern pattern : NAMED) {
                pattern.matcher(text)
                        .results()
                        .forEach(found -> assertThat(known.has(found.group(1)))
                                .as("%s in %s", found.group(1), file)
                                .isTrue());
            }
            VARIABLE.matcher(text)
                    .results()
                    .forEach(found -> assertThat(known.hasVariable(found.group(1)))
                            .as("%s in %s", found.group(1), file)
                            .isTrue());
        }
    }

    @Test
    void documentsNameSettings() throws IOException {
        for (Path file : DeployFolder.files(DeployFolder.DOCS, ".md")) {
            if (file.endsWith("deployment.md")
                    || file.resolveSibling(".").normalize().endsWith("runbooks")) {
                WRITTEN.matcher(Files.readString(file))
                        .results()
                        .forEach(found -> assertThat(known.has(found.group(1)))
                                .as("%s in %s", found.group(1), file)
                                .isTrue());
            }
        }
    }
}
