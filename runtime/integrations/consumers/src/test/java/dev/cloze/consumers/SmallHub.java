package dev.cloze.consumers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A hub with one model, {@code org/small}, of which it has configuration and tokenizer, and no weights at all. */
final class SmallHub implements AutoCloseable {

    private static final String COMMIT = "5617a9f61b028005a4858fdac845db406aefb181";

    private final HttpServer server;
    private final Path folder;
    private final List<String> gets = new CopyOnWriteArrayList<>();

    SmallHub(Path folder) throws IOException {
        this.folder = folder;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The files whose content was fetched. */
    List<String> gets() {
        return List.copyOf(gets);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        boolean known = path.startsWith("/org/small/resolve/")
                && List.of("config.json", "tokenizer.json").contains(name);
        if (!known) {
            exchange.getResponseHeaders()
                    .set("X-Error-Code", path.startsWith("/org/small/") ? "EntryNotFound" : "RepoNotFound");
            exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        byte[] content = Files.readAllBytes(folder.resolve(name));
        exchange.getResponseHeaders().set("X-Repo-Commit", COMMIT);
        exchange.getResponseHeaders().set("ETag", "\"" + hash(content) + "\"");
        exchange.getResponseHeaders().set("X-Linked-Size", Integer.toString(content.length));
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
        } else {
            gets.add(name);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    /** As git names a blob. */
    private static String hash(byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + content.length + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
