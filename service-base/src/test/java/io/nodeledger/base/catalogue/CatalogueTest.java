package io.nodeledger.base.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.events.catalogue.NodePlan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {

    private final CatalogueAutoConfiguration configuration = new CatalogueAutoConfiguration();

    @Test
    void theBuiltInCatalogueOffersThePlansOfTheContract() throws IOException {
        var catalogue = configuration.catalogue(new CatalogueSettings(""));

        assertThat(catalogue.plans())
                .extracting(NodePlan::id)
                .containsExactly(
                        "plan-dedicated-2c4g",
                        "plan-dedicated-4c8g",
                        "plan-dedicated-8c16g",
                        "plan-dedicated-16c32g",
                        "plan-dedicated-32c64g");
        var medium = catalogue.find("plan-dedicated-4c8g").orElseThrow();
        assertThat(medium.name()).isEqualTo("Dedicated Medium");
        assertThat(medium.description()).isEqualTo("4 CPU cores, 8GB RAM, 100GB storage");
        assertThat(medium.hourlyRate()).isEqualTo(new BigDecimal("0.12"));
        assertThat(medium.regions()).isEqualTo(List.of("us-west-2", "us-east-1", "eu-west-1"));
        assertThat(medium.specs().storageType()).isEqualTo("NVMe SSD");
    }

    @Test
    void anUnknownPlanIsNotThere() throws IOException {
        assertThat(configuration.catalogue(new CatalogueSettings("")).find("plan-dedicated-1c1g"))
                .isEmpty();
    }

    @Test
    void anOperatorsFileTakesItsPlace(@TempDir Path folder) throws IOException {
        var file = folder.resolve("mine.yaml");
        try (var builtIn = getClass().getResourceAsStream("/catalogue.yaml")) {
            var text = new String(java.util.Objects.requireNonNull(builtIn).readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(file, text.replace("hourly_rate: 0.12", "hourly_rate: 0.15"));
        }

        var catalogue = configuration.catalogue(new CatalogueSettings(file.toString()));

        assertThat(catalogue.find("plan-dedicated-4c8g").orElseThrow().hourlyRate())
                .isEqualTo(new BigDecimal("0.15"));
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        var file = """
                plans:
                  - {id: Big, name: B, description: b, hourly_rate: 0, stopped_rate: 1, currency: EUR, regions: [],
                     features: [], suitable_for: [], provisioning_minutes_min: 5, provisioning_minutes_max: 1,
                     specs: {cpu_cores: 0, cpu_type: x, memory_gb: 1, memory_type: x, storage_gb: 1, storage_type: x,
                             network_speed: x, architecture: x}}
                """;

        assertThatThrownBy(() -> read(file))
                .hasMessageContainingAll(
                        "id 'Big'",
                        "hourly_rate",
                        "stopped_rate",
                        "currency",
                        "regions",
                        "cpu_cores",
                        "provisioning_minutes_min");
    }

    @Test
    void aMissingFieldIsNamedWithItsPlace() {
        assertThatThrownBy(() -> read("plans:\n  - {id: plan-a}\n")).hasMessageContaining("line");
        assertThatThrownBy(() -> read("plans: []")).hasMessageContaining("at least one");
    }

    @Test
    void aMissingFileSaysWhatToDo() {
        assertThatThrownBy(() -> configuration.catalogue(new CatalogueSettings("/nowhere/catalogue.yaml")))
                .hasMessageContaining("nodeledger.catalogue.file");
    }

    private static Catalogue read(String text) {
        return CatalogueFile.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test");
    }
}
