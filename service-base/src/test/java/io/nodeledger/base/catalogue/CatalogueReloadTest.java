package io.nodeledger.base.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class CatalogueReloadTest {
    private static final String CHEAP = ACatalogue.with();
    private static final String DEAR = CHEAP.replace("hourly_rate: 0.10", "hourly_rate: 0.50");
    private static final String BAD =
            CHEAP.replace("hourly_rate: 0.10", "hourly_rate: 0").replace("USD", "EUR");

    @TempDir
    Path folder;

    private Path file;
    private CatalogueReload reload;
    private Catalogue catalogue;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void given_a_file_that_is_on_offer() throws IOException {
        file = folder.resolve("catalogue.yaml");
        Files.writeString(file, CHEAP);
        reload = new CatalogueReload(CatalogueFile.of(new CatalogueSettings(file.toString(), Duration.ofSeconds(10))));
        catalogue = reload.catalogue();
        new CatalogueAutoConfiguration().refusedCatalogue(reload).bindTo(meters);
    }

    @Test
    void a_good_new_file_takes_the_old_ones_place() throws IOException {
        Files.writeString(file, DEAR);

        looks(2);

        assertThat(rate()).isEqualTo("0.50");
    }

    @Test
    void a_file_that_is_still_being_written_is_left_alone() throws IOException {
        Files.writeString(file, DEAR);
        looks(1);
        Files.writeString(file, CHEAP.replace("0.10", "0.40"));
        looks(1);
        assertThat(rate()).isEqualTo("0.10");

        looks(1);

        assertThat(rate()).isEqualTo("0.40");
    }

    @Test
    void a_bad_file_is_told_once_with_all_its_faults_and_the_old_plans_stay(CapturedOutput output) throws IOException {
        Files.writeString(file, BAD);

        looks(5);

        assertThat(rate()).isEqualTo("0.10");
        assertThat(output.getAll().split("The plans stay as they were", -1)).hasSize(2);
        assertThat(output).contains("hourly_rate must be above 0", "currency must be USD");
        assertThat(refused()).isEqualTo(1);
    }

    @Test
    void after_a_bad_file_the_former_one_is_fine_again(CapturedOutput output) throws IOException {
        Files.writeString(file, BAD);
        looks(2);
        Files.writeString(file, CHEAP);
        looks(2);
        assertThat(rate()).isEqualTo("0.10");
        assertThat(refused()).isZero();

        Files.writeString(file, BAD);
        looks(2);

        assertThat(output.getAll().split("The plans stay as they were", -1)).hasSize(3);
    }

    @Test
    void a_file_that_is_gone_is_told_once_and_taken_when_it_is_back(CapturedOutput output) throws IOException {
        Files.delete(file);
        looks(5);
        assertThat(rate()).isEqualTo("0.10");
        assertThat(refused()).isEqualTo(1);
        assertThat(output.getAll().split("There is no readable plan catalogue", -1))
                .hasSize(2);

        Files.writeString(file, DEAR);
        looks(2);

        assertThat(rate()).isEqualTo("0.50");
        assertThat(refused()).isZero();
    }

    @Test
    void a_plan_that_was_taken_out_is_not_there_any_more() throws IOException {
        Files.writeString(file, CHEAP.replace("plan-a", "plan-b"));

        looks(2);

        assertThat(catalogue.find("plan-a")).isEmpty();
        assertThat(catalogue.find("plan-b")).isPresent();
        assertThat(catalogue.plans()).hasSize(1);
    }

    private void looks(int times) {
        for (int i = 0; i < times; i++) {
            reload.look();
        }
    }

    private String rate() {
        return catalogue
                .find("plan-a")
                .orElseThrow()
                .priceAt(Instant.EPOCH)
                .hourlyRate()
                .toPlainString();
    }

    private double refused() {
        return meters.get("nodeledger.catalogue.refused").gauge().value();
    }
}
