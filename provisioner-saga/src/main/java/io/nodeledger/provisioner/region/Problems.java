package io.nodeledger.provisioner.region;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong with settings, each as a sentence that says how to mend it. Secrets are not repeated. */
final class Problems {
    private final List<String> found = new ArrayList<>();

    List<String> found() {
        return List.copyOf(found);
    }

    void require(boolean asItShouldBe, String problem) {
        if (!asItShouldBe) {
            found.add(problem);
        }
    }

    /** Whether a setting is there; when it isn't, that is a problem. */
    boolean has(String key, @Nullable Object value, String remedy) {
        boolean there = value != null && !value.toString().isBlank();
        require(there, key + " is missing: " + remedy);
        return there;
    }

    void requireReadable(String key, @Nullable Path file) {
        require(
                file == null || (Files.isRegularFile(file) && Files.isReadable(file)),
                key + " is " + file
                        + ", which is no file that this process can read: check the path and its permissions");
    }
}
