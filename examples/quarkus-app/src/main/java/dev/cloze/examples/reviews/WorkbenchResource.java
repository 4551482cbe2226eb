package dev.cloze.examples.reviews;

import dev.cloze.runtime.workbench.WorkbenchPage;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** A page to try templates and label words on. */
@Path("/")
@Singleton
public class WorkbenchResource {

    private final WorkbenchPage page = WorkbenchPage.ofDefaultModel();

    @GET
    @Path("{file: |page\\.css|page\\.js|icon\\.svg}")
    public Response file(@PathParam("file") String file) {
        return sent(page.file("/" + file));
    }

    @POST
    @Path("v1/workbench/{question}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response ask(@PathParam("question") String question, String json) {
        return sent(page.ask(question, json));
    }

    private static Response sent(WorkbenchPage.Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body());
        answer.headers().forEach(response::header);
        return response.build();
    }

    @PreDestroy
    void close() {
        page.close();
    }
}
