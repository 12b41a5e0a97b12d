package io.nodeledger.provisioner.proxmox.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** A {@code multipart/form-data} body of known length. The file comes last: Proxmox VE reads the fields before it. */
final class Multipart {
    private final String boundary = "nodeledger-" + UUID.randomUUID();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Multipart(Map<String, String> fields, String fileName, byte[] file) {
        fields.forEach((name, value) -> {
            text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n");
            text(value + "\r\n");
        });
        text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"filename\"; filename=\"" + fileName + "\"");
        text("\r\nContent-Type: application/octet-stream\r\n\r\n");
        body.writeBytes(file);
        text("\r\n--" + boundary + "--\r\n");
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    byte[] bytes() {
        return body.toByteArray();
    }

    private void text(String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
