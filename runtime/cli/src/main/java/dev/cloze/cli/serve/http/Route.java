package dev.cloze.cli.serve.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A method and a path, and what answers there.
 *
 * @param method of HTTP
 * @param path with names in braces for what differs: {@code /v1/tasks/{task}/predict}
 * @param open whether it is answered without a token: what tells nothing and costs nothing
 * @param endpoint what answers
 */
public record Route(String method, String path, boolean open, Endpoint endpoint) {

    /** What answers a request, in its own thread or later. */
    public interface Endpoint {

        /** Answers, or throws what the client is to be told. */
        void answer(Exchange exchange) throws Exception;
    }

    /** One that wants the token, where there is one. */
    public static Route of(String method, String path, Endpoint endpoint) {
        return new Route(method, path, false, endpoint);
    }

    /** One that is answered to anybody. */
    public static Route open(String method, String path, Endpoint endpoint) {
        return new Route(method, path, true, endpoint);
    }

    /** Whether it answers that method: a GET answers HEAD too, of whose answers the head alone is sent. */
    boolean answers(String asked) {
        return methods().contains(asked);
    }

    /** Those that it answers. */
    List<String> methods() {
        return method.equals("GET") ? List.of("GET", "HEAD") : List.of(method);
    }

    /** The parts of a path by name, where it is one of this route's. */
    Optional<Map<String, String>> match(String asked) {
        List<String> wanted = segments(path);
        List<String> given = segments(asked);
        if (wanted.size() != given.size()) {
            return Optional.empty();
        }
        Map<String, String> parts = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            String want = wanted.get(i);
            if (want.startsWith("{")) {
                parts.put(want.substring(1, want.length() - 1), given.get(i));
            } else if (!want.equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parts);
    }

    private static List<String> segments(String path) {
        return new ArrayList<>(List.of(path.split("/", -1)));
    }
}
