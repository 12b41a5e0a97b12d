package io.nodeledger.standalone.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** What the installation's webhook secrets are encrypted with, made at the first start. Without it they can't be read. */
final class WebhookKey {
    private static final int BYTES = 32;

    private WebhookKey() {}

    /** The key in base 64. */
    static String of(DataFolder folder) throws IOException {
        Path file = folder.keys().resolve("webhook-key");
        if (!Files.exists(file)) {
            byte[] key = new byte[BYTES];
            new SecureRandom().nextBytes(key);
            PrivateFile.write(file, Base64.getEncoder().encodeToString(key) + "\n");
        }
        return Files.readString(file).strip();
    }
}
