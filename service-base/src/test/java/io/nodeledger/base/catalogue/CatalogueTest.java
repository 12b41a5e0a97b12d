package io.nodeledger.base.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.events.catalogue.NodePlan;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {

    @Test
    void theBuiltInCatalogueOffersThePlansOfTheContract() {
        var catalogue = catalogue("");

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
        assertThat(medium.priceAt(Instant.EPOCH).hourlyRate()).isEqualTo(new BigDecimal("0.12"));
        assertThat(medium.regions()).isEqualTo(List.of("us-west-2", "us-east-1", "eu-west-1"));
        assertThat(medium.specs().storageType()).isEqualTo("NVMe SSD");
    }

    @Test
    void anUnknownPlanIsNotThere() {
        assertThat(catalogue("").find("plan-dedicated-1c1g")).isEmpty();
    }

    @Test
    void anOperatorsFileTakesItsPlace(@TempDir Path folder) throws IOException {
        var file = folder.resolve("mine.yaml");
        try (var builtIn = getClass().getResourceAsStream("/catalogue.yaml")) {
            var text = new String(java.util.Objects.requireNonNull(builtIn).readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(file, text.replace("hourly_rate: 0.12", "hourly_rate: 0.15"));
        }

        var catalogue = catalogue(file.toString());

        assertThat(catalogue
                        .find("plan-dedicated-4c8g")
                        .orElseThrow()
                        .priceAt(Instant.EPOCH)
                        .hourlyRate())
                .isEqualTo(new BigDecimal("0.15"));
    }

    @Test
    void theExampleOfTheDocumentationCanBeUsed() throws IOException {
        String page = Files.readString(Path.of("../docs/catalogue.md"));
        String example = page.substring(page.indexOf("```yaml") + "```yaml".length(), page.indexOf("| key |"));

        var plan = plans(example.substring(0, example.indexOf("```"))).getFirst();

        assertThat(plan.prices()).hasSize(3);
        assertThat(plan.stockIn("us-west-2")).hasValue(100);
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
    void whatIsMissingOrOfTheWrongKindIsNamedWithItsPlaceAndAllOfItAtOnce() {
        assertThatThrownBy(() -> read("""
                        plans:
                          - {id: plan-a, prize: 1, hourly_rate: cheap, prices: [{valid_from: soon}], stock: 5}
                        """))
                .hasMessageContainingAll(
                        "plans[0].name: is required",
                        "plans[0].specs: is required",
                        "plans[0].prize: there is no such key",
                        "plans[0].hourly_rate: must be a number",
                        "plans[0].prices[0].valid_from: must be a day such as 2026-01-01",
                        "plans[0].prices[0].hourly_rate: is required",
                        "plans[0].stock: must name regions");
        assertThatThrownBy(() -> read("plan: []")).hasMessageContaining("plan: there is no such key");
        assertThatThrownBy(() -> read("plans: {")).hasMessageContaining("line");
        assertThatThrownBy(() -> read("plans: []")).hasMessageContaining("at least one");
        assertThatThrownBy(() -> read("")).hasMessageContaining("at least one");
    }

    @Test
    void aMissingFileSaysWhatToDo() {
        assertThatThrownBy(() -> catalogue("/nowhere/catalogue.yaml"))
                .hasMessageContaining("nodeledger.catalogue.file");
    }

    private static Catalogue catalogue(String file) {
        return new CatalogueReload(CatalogueFile.of(new CatalogueSettings(file, Duration.ofSeconds(1)))).catalogue();
    }

    private static void read(String text) {
        plans(text);
    }

    private static List<NodePlan> plans(String text) {
        return CatalogueFile.of(new CatalogueSettings("test.yaml", Duration.ofSeconds(1)))
                .plans(text.getBytes(StandardCharsets.UTF_8));
    }
}
