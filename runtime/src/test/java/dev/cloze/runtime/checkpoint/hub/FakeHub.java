package dev.cloze.runtime.checkpoint.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cloze.runtime.checkpoint.file.FileHash;
import dev.cloze.runtime.checkpoint.resolution.Models;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A hub with one model, {@code org/tiny}: it answers as huggingface.co does, with small files of its own and large ones
 * on another server, and has the faults it is told to have.
 */
final class FakeHub implements AutoCloseable {

    static final String COMMIT = "5617a9f61b028005a4858fdac845db406aefb181";

    /** Where the tag {@code v1.0} and the branch {@code refs/pr/3} stand, with another tokenizer. */
    static final String OLDER = "0d1c8a4a9e2b7f6053cc21b05ce2f60d2d7a3f44";

    private static final Pattern PATH = Pattern.compile("/org/tiny/resolve/([^/]+)/(.+)");

    /** A request as it came. */
    record Request(
            String server,
            String method,
            String path,
            @Nullable String range,
            @Nullable String token,
            @Nullable String proxyUser) {}

    /** Something that goes wrong with one answer. */
    interface Fault {
        /** True if the answer has been given. */
        boolean answer(HttpExchange exchange, byte[] content) throws IOException;
    }

    final Map<String, byte[]> files = new TreeMap<>();
    final Map<String, byte[]> olderFiles = new TreeMap<>();
    private final Map<String, String> revisions =
            Map.of("main", COMMIT, COMMIT, COMMIT, "v1.0", OLDER, "refs%2Fpr%2F3", OLDER, OLDER, OLDER);
    final List<Request> requests = new CopyOnWriteArrayList<>();
    final Map<String, String> wrongEtags = new ConcurrentHashMap<>();
    volatile boolean ignoresRanges;

    /** What it wants to hear in Proxy-Authorization where it is asked as a proxy. */
    volatile @Nullable String proxyUser;

    private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
    private final HttpServer hub = server("hub");
    private final HttpServer store = server("store");

    FakeHub() throws IOException {
        files.putAll(Models.files());
        olderFiles.putAll(Models.files());
        olderFiles.put("tokenizer.json", Models.tokenizer(200));
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
    }

    /** The next answers to METHOD FILE have these faults, one after the other. */
    void fail(String methodAndFile, Fault... next) {
        faults.computeIfAbsent(methodAndFile, key -> new ArrayDeque<>()).addAll(List.of(next));
    }

    /** An answer without content. */
    static Fault status(int status, String... headers) {
        return (exchange, content) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
            return true;
        };
    }

    /** The connection ends after so many bytes of what was asked for. */
    static Fault cut(int bytes) {
        return (exchange, content) -> {
            int from = from(exchange);
            sendHead(exchange, content, from);
            exchange.getResponseBody().write(content, from, Math.min(bytes, content.length - from));
            exchange.getResponseBody().flush();
            throw new IOException("cut");
        };
    }

    /** So many bytes are announced by nobody and come without end, whatever was asked for. */
    static Fault endless(long bytes) {
        return (exchange, content) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] zeros = new byte[1 << 16];
            for (long sent = 0; sent < bytes; sent += zeros.length) {
                exchange.getResponseBody().write(zeros);
            }
            return true;
        };
    }

    /** The content comes a byte at a time, so many milliseconds apart. */
    static Fault drip(long millis) {
        return (exchange, content) -> {
            int from = from(exchange);
            sendHead(exchange, content, from);
            for (int at = from; at < content.length; at++) {
                exchange.getResponseBody().write(content, at, 1);
                exchange.getResponseBody().flush();
                try {
                    Thread.sleep(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return true;
        };
    }

    /** Half of the content comes, and then nothing more for a while. */
    static Fault silence(long millis) {
        return (exchange, content) -> {
            int from = from(exchange);
            sendHead(exchange, content, from);
            exchange.getResponseBody().write(content, from, (content.length - from) / 2);
            exchange.getResponseBody().flush();
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("silent");
        };
    }

    /** What a file holds. */
    byte[] content(String file) {
        return Objects.requireNonNull(files.get(file));
    }

    /** How often a file's content was asked for. */
    long gets(String file) {
        return requests.stream()
                .filter(r -> r.method().equals("GET")
                        && r.path().endsWith("/" + file)
                        && r.server().equals(home(file)))
                .count();
    }

    @Override
    public void close() {
        hub.stop(0);
        store.stop(0);
    }

    private HttpServer server(String name) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "fake-" + name);
                thread.setDaemon(true);
                return thread;
            }));
            server.createContext("/", exchange -> {
                try (exchange) {
                    handle(name, exchange);
                }
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(String server, HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        var headers = exchange.getRequestHeaders();
        requests.add(new Request(
                server,
                exchange.getRequestMethod(),
                path,
                headers.getFirst("Range"),
                headers.getFirst("Authorization"),
                headers.getFirst("Proxy-Authorization")));
        if (server.equals("hub") && proxyUser != null && !proxyUser.equals(headers.getFirst("Proxy-Authorization"))) {
            status(407, "Proxy-Authenticate", "Basic realm=\"fake\"").answer(exchange, new byte[0]);
            return;
        }
        Matcher asked = PATH.matcher(exchange.getRequestURI().getRawPath());
        String file = asked.matches() ? asked.group(2) : path.substring(path.lastIndexOf('/') + 1);
        boolean repository = path.startsWith("/org/tiny/");
        @Nullable String commit = asked.matches() ? revisions.get(asked.group(1)) : null;
        byte[] content = (OLDER.equals(commit) ? olderFiles : files).get(file);
        if (server.equals(home(file)) || exchange.getRequestMethod().equals("HEAD")) {
            Deque<Fault> next = faults.getOrDefault(exchange.getRequestMethod() + " " + file, new ArrayDeque<>());
            Fault fault;
            synchronized (next) {
                fault = next.poll();
            }
            if (fault != null && fault.answer(exchange, content == null ? new byte[0] : content)) {
                return;
            }
        }
        if (!repository) {
            status(401, "X-Error-Code", "RepoNotFound").answer(exchange, new byte[0]);
        } else if (commit == null) {
            status(404, "X-Error-Code", "RevisionNotFound").answer(exchange, new byte[0]);
        } else if (content == null) {
            status(404, "X-Error-Code", "EntryNotFound", "X-Repo-Commit", commit)
                    .answer(exchange, new byte[0]);
        } else {
            describe(server, exchange, commit, file, content);
        }
    }

    private void describe(String server, HttpExchange exchange, String commit, String file, byte[] content)
            throws IOException {
        var headers = exchange.getResponseHeaders();
        if (server.equals("hub")) {
            headers.set("X-Repo-Commit", commit);
            if (isLarge(file)) {
                headers.set("X-Linked-Etag", '"' + etag(file, content) + '"');
                headers.set("X-Linked-Size", Integer.toString(content.length));
                headers.set(
                        "Location",
                        "http://localhost:" + store.getAddress().getPort()
                                + exchange.getRequestURI().getPath());
                exchange.sendResponseHeaders(302, -1);
                return;
            }
        }
        headers.set("ETag", server.equals("store") ? "\"of-the-store\"" : '"' + etag(file, content) + '"');
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        int from = ignoresRanges ? 0 : from(exchange);
        sendHead(exchange, content, from);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(content, from, content.length - from);
        }
    }

    private static void sendHead(HttpExchange exchange, byte[] content, int from) throws IOException {
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
    }

    private static int from(HttpExchange exchange) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        return range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    }

    private String etag(String file, byte[] content) {
        if (wrongEtags.containsKey(file)) {
            return wrongEtags.get(file);
        }
        if (isLarge(file)) {
            return FileHash.hex(FileHash.digest("SHA-256").digest(content));
        }
        var digest = FileHash.digest("SHA-1");
        digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
        return FileHash.hex(digest.digest(content));
    }

    private static boolean isLarge(String file) {
        return file.endsWith(".safetensors") || file.endsWith(".bin");
    }

    /** The server a file's content is on. */
    private static String home(String file) {
        return isLarge(file) ? "store" : "hub";
    }
}
