package io.nodeledger.standalone.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The house's rules; a broken build names every violation at once. */
class ModuleRulesTest {
    private static final String BASE = "io.nodeledger.";
    private static final Map<String, List<String>> MAY_USE = mayUse();
    private static final List<String> VAGUE = List.of("util", "utils", "impl", "manager", "helper", "common", "misc");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.nodeledger");

    @Test
    void everyModuleUsesOnlyWhatItMay() {
        var violations = new ArrayList<String>();
        MAY_USE.forEach((module, allowed) -> MAY_USE.keySet().stream()
                .filter(other -> !other.equals(module) && !allowed.contains(other))
                .map(other -> noClasses()
                        .that()
                        .resideInAPackage(BASE + module + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(BASE + other + "..")
                        .allowEmptyShould(true))
                .forEach(rule -> violations.addAll(violationsOf(rule))));
        assertThat(violations).isEmpty();
    }

    @Test
    void theDomainSeesNoSpringAndNoInputOrOutput() {
        assertThat(violationsOf(noClasses()
                        .that()
                        .resideInAnyPackage(BASE + "events..", BASE + "model..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.springframework..",
                                "java.sql..",
                                "javax.sql..",
                                "java.net.http..",
                                "java.nio.file..",
                                "tools.jackson.databind..")))
                .isEmpty();
    }

    @Test
    void nobodyRunsOnWhatIsThereForTests() {
        assertThat(violationsOf(noClasses()
                        .that()
                        .resideOutsideOfPackages(BASE + "testing..", BASE + "benchmarks..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(BASE + "testing..")))
                .isEmpty();
    }

    @Test
    void foldersNameCapabilities() {
        assertThat(CLASSES.stream().map(type -> type.getPackageName()).distinct())
                .noneMatch(name -> List.of(name.split("\\.")).stream().anyMatch(VAGUE::contains));
    }

    @Test
    void namesSayWhatAThingIs() {
        assertThat(CLASSES.stream().map(type -> type.getSimpleName()))
                .noneMatch(name -> name.matches("Abstract.+|.+(Impl|Util|Utils|Helper|Manager)"));
    }

    private static List<String> violationsOf(ArchRule rule) {
        return rule.evaluate(CLASSES).getFailureReport().getDetails();
    }

    private static Map<String, List<String>> mayUse() {
        var rules = new LinkedHashMap<String, List<String>>();
        rules.put("events", List.of());
        rules.put("model", List.of("events"));
        rules.put("base", List.of("events"));
        rules.put("command", List.of("events", "model", "base"));
        rules.put("provisioner", List.of("events", "model", "base"));
        rules.put("query", List.of("events", "base"));
        rules.put("webhook", List.of("events", "model", "base"));
        rules.put("simulators", List.of());
        return rules;
    }
}
