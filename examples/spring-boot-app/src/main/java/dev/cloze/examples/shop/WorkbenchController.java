package dev.cloze.examples.shop;

import dev.cloze.runtime.workbench.WorkbenchPage;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A page to try templates and label words on. */
@RestController
class WorkbenchController {

    private final WorkbenchPage page = WorkbenchPage.ofDefaultModel();

    @GetMapping({"/", "/page.css", "/page.js", "/icon.svg"})
    ResponseEntity<String> file(HttpServletRequest request) {
        return sent(page.file(request.getServletPath()));
    }

    @PostMapping(path = "/v1/workbench/{question}", consumes = "application/json")
    ResponseEntity<String> ask(@PathVariable String question, @RequestBody String json) {
        return sent(page.ask(question, json));
    }

    private static ResponseEntity<String> sent(WorkbenchPage.Answer answer) {
        HttpHeaders headers = new HttpHeaders();
        answer.headers().forEach(headers::set);
        return ResponseEntity.status(answer.status()).headers(headers).body(answer.body());
    }

    @PreDestroy
    void close() {
        page.close();
    }
}
