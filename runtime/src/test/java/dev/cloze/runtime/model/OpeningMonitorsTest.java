package dev.cloze.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.Monitors;
import dev.cloze.runtime.Monitors.Seen;
import dev.cloze.runtime.workbench.WorkbenchPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Virtual threads that wait for a model to be opened leave their carriers to others. */
@Timeout(60)
class OpeningMonitorsTest {

    @Test
    void noMonitorIsHeldWhileAModelIsOpened() throws Exception {
        Seen seen = Monitors.during(() -> LanguageModel.open("cloze-tiny-en").close());
        assertThat(seen.working()).contains(LanguageModel.class.getName());
        assertThat(seen.held()).doesNotContain(LanguageModel.class.getName());
    }

    @Test
    void norWhileAPageOpensIts() throws Exception {
        try (WorkbenchPage page = WorkbenchPage.of("cloze-tiny-en")) {
            Seen seen = Monitors.during(() -> {
                var unused = page.ask("java", "{}");
            });
            assertThat(seen.working()).contains(WorkbenchPage.class.getName(), LanguageModel.class.getName());
            assertThat(seen.held()).doesNotContain(WorkbenchPage.class.getName(), LanguageModel.class.getName());
        }
    }
}
