package dev.cloze.cli.serve.http;

import dev.cloze.problem.Problem;
import dev.cloze.runtime.workbench.request.HttpProblem;
import dev.cloze.runtime.workbench.request.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What the server itself refuses, such as a request that is no HTTP, looks like every other problem. */
final class PlainErrors implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        boolean stopping = status == 503;
        Problem problem = stopping ? Problem.PIPELINE_CLOSED : Problem.REQUEST_UNREADABLE;
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "tag:cloze.dev,2026:" + problem.code());
        body.put("title", stopping ? "The server is stopping." : HttpStatus.getMessage(status));
        body.put("status", status);
        body.put("code", problem.code());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, HttpProblem.MEDIA_TYPE);
        if (stopping) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        }
        Content.Sink.write(response, true, Json.write(body), callback);
        return true;
    }
}
