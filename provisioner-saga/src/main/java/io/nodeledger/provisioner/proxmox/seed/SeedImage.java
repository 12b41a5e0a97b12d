package io.nodeledger.provisioner.proxmox.seed;

import com.github.stephenc.javaisotools.iso9660.ConfigException;
import com.github.stephenc.javaisotools.iso9660.ISO9660File;
import com.github.stephenc.javaisotools.iso9660.ISO9660RootDirectory;
import com.github.stephenc.javaisotools.iso9660.impl.CreateISO;
import com.github.stephenc.javaisotools.iso9660.impl.ISO9660Config;
import com.github.stephenc.javaisotools.iso9660.impl.ISOImageFileHandler;
import com.github.stephenc.javaisotools.rockridge.impl.RockRidgeConfig;
import com.github.stephenc.javaisotools.sabre.HandlerException;
import com.github.stephenc.javaisotools.sabre.impl.ByteArrayDataReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a seed as an ISO 9660 image with Rock Ridge names, by which Linux knows the files. */
public final class SeedImage {
    private SeedImage() {}

    /** The image's bytes. */
    public static byte[] of(NoCloudSeed seed) {
        try {
            Path file = Files.createTempFile("seed", ".iso");
            try {
                write(seed, file);
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a seed image in the temporary folder", e);
        } catch (HandlerException | ConfigException e) {
            throw new IllegalStateException("Cannot write a seed image", e);
        }
    }

    private static void write(NoCloudSeed seed, Path file) throws IOException, HandlerException, ConfigException {
        var root = new ISO9660RootDirectory();
        for (var entry : seed.files().entrySet()) {
            root.addFile(new ISO9660File(new ByteArrayDataReference(entry.getValue()), entry.getKey(), 0L));
        }
        var iso = new ISO9660Config();
        iso.setInterchangeLevel(2);
        iso.setVolumeID(NoCloudSeed.LABEL);
        iso.setPadEnd(false);
        var rockRidge = new RockRidgeConfig();
        rockRidge.setMkisofsCompatibility(false);
        new CreateISO(new ISOImageFileHandler(file.toFile()), root).process(iso, rockRidge, null, null);
    }
}
