package io.nodeledger.simulators.proxmox.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records by kind and key, kept in one append-only file: a change is one written line, so an answered request survives
 * the death of the process. The file is rewritten, atomically, when most of its lines are out of date. Not
 * thread-safe.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SLACK = 20_000;

    private final Path file;
    private final Map<String, Map<String, String>> records = new LinkedHashMap<>();
    private OutputStream out;
    private int lines;

    private Journal(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            read();
        }
        this.out = rewrite();
    }

    /** The journal in that file, made when it is not there. */
    public static Journal open(Path file) throws IOException {
        return new Journal(file);
    }

    public <T> List<T> all(String kind, Class<T> type) {
        return records.getOrDefault(kind, Map.of()).values().stream()
                .map(json -> JSON.readValue(json, type))
                .toList();
    }

    public Optional<String> text(String key) {
        return Optional.ofNullable(records.getOrDefault("text", Map.of()).get(key))
                .map(json -> JSON.readValue(json, String.class));
    }

    public void text(String key, String value) {
        put("text", key, value);
    }

    public void put(String kind, String key, Object value) {
        String json = JSON.writeValueAsString(value);
        records.computeIfAbsent(kind, _ -> new LinkedHashMap<>()).put(key, json);
        append(kind, key, json);
    }

    public void remove(String kind, String key) {
        if (records.getOrDefault(kind, Map.of()).remove(key) != null) {
            append(kind, key, null);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void append(String kind, String key, @Nullable String json) {
        try {
            out.write(line(kind, key, json).getBytes(StandardCharsets.UTF_8));
            lines++;
            int live = records.values().stream().mapToInt(Map::size).sum();
            if (lines > SLACK + 4 * live) {
                out.close();
                out = rewrite();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator cannot keep its state in " + file, e);
        }
    }

    private static String line(String kind, String key, @Nullable String json) {
        return kind + '\t' + key + '\t' + (json == null ? "" : json) + '\n';
    }

    private void read() throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                List<String> parts = List.of(line.split("\t", 3));
                if (parts.size() == 3) {
                    replay(parts.get(0), parts.get(1), parts.get(2));
                }
            }
        }
    }

    private void replay(String kind, String key, String json) {
        Map<String, String> kept = records.computeIfAbsent(kind, _ -> new LinkedHashMap<>());
        if (json.isEmpty()) {
            kept.remove(key);
            return;
        }
        try {
            JSON.readTree(json);
            kept.put(key, json);
        } catch (JacksonException e) {
            LOG.warn("A line that was cut off in {} is left out: {} {}", file, kind, key);
        }
    }

    private OutputStream rewrite() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        String text = records.entrySet().stream()
                .flatMap(kind -> kind.getValue().entrySet().stream()
                        .map(entry -> line(kind.getKey(), entry.getKey(), entry.getValue())))
                .collect(Collectors.joining());
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        lines = records.values().stream().mapToInt(Map::size).sum();
        return Files.newOutputStream(file, StandardOpenOption.APPEND);
    }
}
