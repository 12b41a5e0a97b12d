package io.nodeledger.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Nothing in the folder is broken before anybody looks at what it says. */
class DeployFilesTest {
    @Test
    void yamlParses() throws IOException {
        for (Path file : DeployFolder.files(DeployFolder.DEPLOY, ".yaml", ".yml")) {
            assertThat(DeployFolder.documents(file)).as(file.toString()).isNotEmpty();
        }
    }

    @Test
    void jsonParses() throws IOException {
        var json = new JsonMapper();
        for (Path file : DeployFolder.files(DeployFolder.DEPLOY, ".json")) {
            assertThat(json.readTree(Files.readString(file)).isObject())
                    .as(file.toString())
                    .isTrue();
        }
    }

    @Test
    void propertiesParse() throws IOException {
        for (Path file : DeployFolder.files(DeployFolder.DEPLOY, ".properties")) {
            assertThat(DeployFolder.properties(file)).as(file.toString()).isNotEmpty();
        }
    }

    @Test
    void scriptsParseAndEndAtTheFirstFailure() throws IOException, InterruptedException {
        for (Path file : DeployFolder.files(DeployFolder.DEPLOY, ".sh")) {
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .startsWith("#!/usr/bin/env bash\n")
                    .contains("\nset -euo pipefail\n");
            assertThat(Files.isExecutable(file)).as(file.toString()).isTrue();
            var bash = new ProcessBuilder("bash", "-n", file.toString())
                    .inheritIO()
                    .start();
            assertThat(bash.waitFor()).as(file.toString()).isZero();
        }
    }

    @Test
    void kustomizationsNameOnlyWhatIsThere() throws IOException {
        for (Path file : DeployFolder.files(DeployFolder.DEPLOY, "kustomization.yaml")) {
            for (var kustomization : DeployFolder.documents(file)) {
                kustomization
                        .path("resources")
                        .forEach(resource -> assertThat(file.resolveSibling(resource.asString()))
                                .as("%s names %s", file, resource)
                                .exists());
                kustomization
                        .path("configMapGenerator")
                        .forEach(generator -> generator
                                .path("files")
                                .forEach(named -> assertThat(file.resolveSibling(named.asString()))
                                        .as("%s names %s", file, named)
                                        .exists()));
            }
        }
    }
}
