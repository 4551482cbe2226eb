package dev.cloze.cli.serve.http;

import dev.cloze.problem.NearestName;
import dev.cloze.runtime.workbench.PageFile;
import dev.cloze.runtime.workbench.request.Refused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sees who asks for what, and has the route answer that is there for it. */
public final class Router extends Handler.Abstract {

    private final List<Route> routes;
    private final AccessRules access;
    private final Limits limits;
    private final RequestLog log;
    private final HangUps hangUps;

    /** Hears of every answer. */
    public interface RequestLog {

        /** An answer of that status, after so long. */
        void answered(String route, int status, double seconds);
    }

    /** Over these routes. */
    public Router(List<Route> routes, AccessRules access, Limits limits, RequestLog log, HangUps hangUps) {
        this.routes = List.copyOf(routes);
        this.access = access;
        this.limits = limits;
        this.log = log;
        this.hangUps = hangUps;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        PageFile.HEADERS.forEach((name, value) -> response.getHeaders().put(name, value));
        long start = System.nanoTime();
        String path = Request.getPathInContext(request);
        List<Route> there =
                routes.stream().filter(route -> route.match(path).isPresent()).toList();
        String named = there.isEmpty() ? "none" : there.get(0).path();
        Request.addCompletionListener(
                request, failure -> log.answered(named, status(request, response), (System.nanoTime() - start) / 1e9));
        Exchange exchange = new Exchange(request, response, callback, Map.of(), limits, hangUps);
        try {
            if (isPreflight(request, response)) {
                requireAccess(request, response, true);
                response.setStatus(204);
                callback.succeeded();
                return true;
            }
            Optional<Route> route = there.stream()
                    .filter(each -> each.answers(request.getMethod()))
                    .findFirst();
            requireAccess(request, response, route.map(Route::open).orElse(false));
            Route found = route.orElseThrow(() -> there.isEmpty() ? noPath(path) : noMethod(request, there));
            found.endpoint()
                    .answer(new Exchange(
                            request, response, callback, found.match(path).orElseThrow(), limits, hangUps));
        } catch (Exception e) {
            exchange.fail(e);
        }
        return true;
    }

    /** 499 where the client has gone before the answer's end, as elsewhere. */
    private static int status(Request request, Response response) {
        return Exchange.isBrokenOff(request) ? 499 : response.getStatus();
    }

    private void requireAccess(Request request, Response response, boolean open) {
        HttpFields headers = request.getHeaders();
        String authority = authority(request);
        access.requireHost(authority);
        String origin = headers.get(HttpHeader.ORIGIN);
        if (origin != null) {
            access.requireOrigin(origin, authority);
            if (access.isNamed(origin)) {
                response.getHeaders().put("Access-Control-Allow-Origin", origin);
                response.getHeaders().put(HttpHeader.VARY, "Origin");
            }
        }
        if (!open) {
            String said = headers.get(HttpHeader.AUTHORIZATION);
            access.requireToken(said == null ? "" : said);
        }
    }

    private static String authority(Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        String named = request.getHttpURI().getAuthority();
        return host != null ? host : named != null ? named : "";
    }

    /** A browser asks before a page of another site may: it never sends the token with that. */
    private boolean isPreflight(Request request, Response response) {
        HttpFields headers = request.getHeaders();
        String origin = headers.get(HttpHeader.ORIGIN);
        boolean asked = request.getMethod().equals("OPTIONS")
                && origin != null
                && headers.contains("Access-Control-Request-Method");
        if (asked && access.isNamed(origin)) {
            response.getHeaders().put("Access-Control-Allow-Methods", "GET, POST");
            response.getHeaders().put("Access-Control-Allow-Headers", "Authorization, Content-Type");
            response.getHeaders().put("Access-Control-Max-Age", "600");
        }
        return asked;
    }

    private Refused noPath(String path) {
        TreeSet<String> paths = routes.stream().map(Route::path).collect(Collectors.toCollection(TreeSet::new));
        String suggestion = NearestName.suggestion(path, paths);
        return Refused.noPath("There is no path " + path + ".\n  " + suggestion + (suggestion.isEmpty() ? "" : " ")
                + "GET /openapi.json lists all of them.");
    }

    private static Refused noMethod(Request request, List<Route> there) {
        String allowed = there.stream()
                .flatMap(route -> route.methods().stream())
                .distinct()
                .collect(Collectors.joining(", "));
        return Refused.method(
                allowed,
                request.getMethod() + " is no method of " + Request.getPathInContext(request) + ".\n  Use " + allowed
                        + ".");
    }
}
