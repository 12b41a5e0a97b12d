package io.nodeledger.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.nodeledger.command.CommandServiceApplication;
import io.nodeledger.provisioner.ProvisionerApplication;
import io.nodeledger.query.QueryServiceApplication;
import io.nodeledger.webhook.WebhookServiceApplication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each program says what it is made of: all that lies beside it, and nothing that only its tests need. */
class BillOfMaterialsTest {
    private static final String BILL = "META-INF/sbom/application.cdx.json";

    @ParameterizedTest
    @ValueSource(
            classes = {
                CommandServiceApplication.class,
                ProvisionerApplication.class,
                QueryServiceApplication.class,
                WebhookServiceApplication.class
            })
    void aProgramListsItsLibraries(Class<?> program) throws Exception {
        var source = Objects.requireNonNull(program.getProtectionDomain().getCodeSource());
        Path home = Path.of(source.getLocation().toURI());
        Path module = home.resolve("../..").normalize();

        String written = read(home);
        assumeThat(written.isEmpty() && (isOffline() || Files.isDirectory(home)))
                .as("a build without a network writes none, nor one that packages nothing")
                .isFalse();
        assertThat(written).as("bill of materials of %s", module.getFileName()).isNotEmpty();
        JsonNode bill = JsonMapper.shared().readTree(written);

        assertThat(bill.path("bomFormat").asString()).isEqualTo("CycloneDX");
        assertThat(bill.at("/metadata/component/name").asString())
                .isEqualTo(module.getFileName().toString());
        Set<String> listed = bill.path("components")
                .valueStream()
                .map(BillOfMaterialsTest::file)
                .collect(Collectors.toSet());
        try (Stream<Path> libraries = Files.list(module.resolve("target/lib"))) {
            assertThat(listed)
                    .containsAll(libraries
                            .map(library -> library.getFileName().toString())
                            .toList())
                    .noneMatch(file -> file.startsWith("junit") || file.startsWith("assertj"));
        }
    }

    private static boolean isOffline() {
        return "offline=true".equals(System.getProperty("nodeledger.build"));
    }

    /** The build calls a program by its jar, or by the folder that the jar is made of. */
    private static String read(Path home) throws IOException {
        if (Files.isDirectory(home)) {
            return Files.exists(home.resolve(BILL)) ? Files.readString(home.resolve(BILL)) : "";
        }
        try (var jar = new JarFile(home.toFile())) {
            var entry = jar.getJarEntry(BILL);
            return entry == null ? "" : new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String file(JsonNode component) {
        String purl = component.path("purl").asString();
        int at = purl.indexOf("classifier=");
        String classifier =
                at < 0 ? "" : "-" + purl.substring(at + "classifier=".length()).split("&", 2)[0];
        return component.path("name").asString() + "-"
                + component.path("version").asString() + classifier + ".jar";
    }
}
