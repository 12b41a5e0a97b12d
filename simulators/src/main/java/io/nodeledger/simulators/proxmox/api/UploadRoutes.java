package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.cluster.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Bringing an ISO image to a storage. */
final class UploadRoutes {
    private UploadRoutes() {}

    static List<Route> routes() {
        return List.of(Route.of(
                "POST",
                "/nodes/{node}/storage/{storage}/upload",
                UploadRoutes::upload,
                Parameter.oneOf("content", "iso", "vztmpl", "import"),
                Parameter.pattern("filename", "[^/\\\\]{1,255}", "value does not match the regex pattern"),
                Parameter.text("checksum").orNone(),
                Parameter.text("checksum-algorithm").orNone()));
    }

    private static Object upload(Call call) {
        Storage storage = StorageRoutes.storage(call);
        call.require("/storage/" + storage.spec().name(), "Datastore.AllocateTemplate");
        storage.requireContent(call.text("content"));
        String name = call.text("filename").replaceAll("[^-a-zA-Z0-9_.]", "_");
        if (!call.text("content").equals("iso") || !name.matches("(?i).+\\.(iso|img)")) {
            throw PveError.parameter("filename", "wrong file extension");
        }
        Upload upload = call.request().upload();
        if (upload == null) {
            throw PveError.parameter("tmpfilename", "property is missing and it is not optional");
        }
        String file = UUID.randomUUID() + ".upload";
        try {
            Path directory = Files.createDirectories(call.datacenter().uploads());
            Files.write(directory.resolve(file), upload.content().getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return call.task(
                call.node(),
                "imgcopy",
                "",
                Map.of(
                        "storage",
                        storage.spec().name(),
                        "filename",
                        name,
                        "file",
                        file,
                        "bytes",
                        String.valueOf(upload.content().length())));
    }
}
