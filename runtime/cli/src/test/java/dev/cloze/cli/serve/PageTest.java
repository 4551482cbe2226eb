package dev.cloze.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.cloze.cli.serve.http.AccessRules;
import dev.cloze.runtime.spi.DefaultBackbone;
import dev.cloze.testkit.browser.TestBrowser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a browser, where a Chromium and a Node.js are on the path. */
class PageTest {

    private static Served served;
    private static TestBrowser testBrowser;
    private static Browser browser;

    private final List<String> foreign = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void started() throws IOException {
        Optional<TestBrowser> found = TestBrowser.start();
        assumeTrue(found.isPresent(), TestBrowser.MISSING);
        testBrowser = found.get();
        browser = testBrowser.browser();
        served = new Served(Served.usual(), Served.settings());
    }

    @AfterAll
    static void stopped() {
        if (browser != null) {
            testBrowser.close();
            served.close();
        }
    }

    @BeforeEach
    @SuppressWarnings("NullAway.Init") // what it calls sets the fields
    void opened() {
        open(new Browser.NewContextOptions().setViewportSize(1280, 900).setColorScheme(ColorScheme.LIGHT));
    }

    private void open(Browser.NewContextOptions options) {
        open(options, served);
    }

    private void open(Browser.NewContextOptions options, Served from) {
        closed();
        context = browser.newContext(options);
        page = context.newPage();
        String own = from.at("/").toString();
        page.onRequest(request -> {
            if (!request.url().startsWith(own)) {
                foreign.add(request.url());
            }
        });
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                errors.add(message.text());
            }
        });
        page.onPageError(errors::add);
        page.navigate(own);
    }

    @AfterEach
    void closed() {
        if (context != null) {
            context.close();
        }
        assertThat(foreign).as("requests that leave the server").isEmpty();
        assertThat(errors).as("errors of the page").isEmpty();
    }

    private static Browser.NewContextOptions options(int width, String scheme) {
        return new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setColorScheme(ColorScheme.valueOf(scheme.toUpperCase(Locale.ROOT)));
    }

    private Locator card(int number) {
        return page.locator("#cards > li").nth(number);
    }

    @Test
    void itShowsWhatIsExpectedAsOneTypes() {
        page.getByLabel("{text}").fill("a great film");
        PlaywrightAssertions.assertThat(card(0).locator(".read")).containsText("a great film it was");
        PlaywrightAssertions.assertThat(card(0).locator(".words li")).hasCount(8);
        PlaywrightAssertions.assertThat(card(0).locator(".best .name").first()).hasText("positive");
        PlaywrightAssertions.assertThat(card(0).locator(".bars").nth(1).locator("li"))
                .hasCount(4);
        PlaywrightAssertions.assertThat(page.locator("#status"))
                .containsText(Pattern.compile("Template 1: positive, \\d"));
    }

    @Test
    void severalTemplatesStandSideBySideAndOneThatIsWrongSaysSo() {
        page.getByText("Add a template").click();
        Locator input = card(2).locator("input");
        PlaywrightAssertions.assertThat(input).isFocused();
        input.fill("{text} It was {mask");
        PlaywrightAssertions.assertThat(card(2).locator(".problem")).containsText("closing brace");
        PlaywrightAssertions.assertThat(input).hasAttribute("aria-invalid", "true");
        PlaywrightAssertions.assertThat(card(0).locator(".best")).not().hasCount(0);
        input.fill("{title}: {text} It was {mask}.");
        PlaywrightAssertions.assertThat(page.getByLabel("{title}")).isVisible();
        page.getByLabel("{title}").fill("good news");
        PlaywrightAssertions.assertThat(card(2).locator(".read")).containsText("good news");
    }

    @Test
    void whatIsCutIsSaidWithItsPlace() {
        page.getByLabel("{text}").fill("a good film and more ".repeat(300));
        PlaywrightAssertions.assertThat(card(0).locator(".cut"))
                .containsText(Pattern.compile("up to character \\d+ of 6300"));
    }

    @Test
    void examplesTellTheAccuracyAtOnce() {
        page.locator("#examples").fill("a great film\tpositive\na great film\tnegative");
        PlaywrightAssertions.assertThat(page.locator("#results tbody tr").first())
                .containsText("1 of 2");
        PlaywrightAssertions.assertThat(page.locator("#results tbody tr").first())
                .containsText("50.0 %");
        PlaywrightAssertions.assertThat(page.locator("#mistakes tbody tr").first())
                .containsText("a great film");
        page.locator("#examples").fill("a great film\tpositve");
        PlaywrightAssertions.assertThat(page.locator("#results .problem")).containsText("Did you mean \"positive\"?");
    }

    @Test
    void labelsComeAndGo() {
        page.getByText("Add a label").click();
        page.keyboard().type("neutral");
        page.keyboard().press("Tab");
        page.keyboard().type("okay");
        PlaywrightAssertions.assertThat(card(0).locator(".bars").first().locator("li"))
                .hasCount(3);
        page.getByLabel("Remove this label").last().click();
        PlaywrightAssertions.assertThat(card(0).locator(".bars").first().locator("li"))
                .hasCount(2);
    }

    @Test
    void theClassIsThereToPaste() {
        page.locator("#class-name").fill("org.example.Note");
        PlaywrightAssertions.assertThat(page.locator("#source")).containsText("package org.example;");
        PlaywrightAssertions.assertThat(page.locator("#source")).containsText("public record Note(String text)");
        page.locator("#class-name").fill("1st");
        PlaywrightAssertions.assertThat(page.locator("#source")).containsText("// \"1st\" can't be a name in Java");
    }

    @Test
    void allOfItIsReachedByTheKeyboard() {
        PlaywrightAssertions.assertThat(card(0).locator(".best")).not().hasCount(0);
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            page.keyboard().press("Tab");
            reached.add(
                    String.valueOf(
                            page.evaluate(
                                    "() => document.activeElement.id || document.activeElement.className"
                                            + " || document.activeElement.getAttribute('aria-label') || document.activeElement.tagName")));
        }
        assertThat(reached)
                .contains("skip", "add-label", "add-template", "examples", "class-name", "copy", "read")
                .contains("Remove this label", "Remove this template", "Source of the class");
    }

    @Test
    void aTokenIsAskedForOnce() throws IOException {
        AccessRules rules = AccessRules.of(Optional.of("a-token-that-nobody-guesses"), List.of(), List.of());
        try (Served guarded = new Served(List.of(), Served.settings(rules, 256, Duration.ofSeconds(30)))) {
            open(new Browser.NewContextOptions(), guarded);
            page.getByLabel("The server's token").fill("a-token-that-nobody-guesses");
            page.keyboard().press("Enter");
            PlaywrightAssertions.assertThat(card(0).locator(".best")).not().hasCount(0);
            PlaywrightAssertions.assertThat(page.locator("#token-form")).isHidden();
            open(new Browser.NewContextOptions());
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "1280, dark", "360, light", "360, dark"})
    void whoCannotSeeItWellCanUseItAndItFits(int width, String scheme) throws IOException {
        open(options(width, scheme));
        page.locator("#examples").fill("a great film\tpositive\na great film\tnegative");
        PlaywrightAssertions.assertThat(card(1).locator(".best")).not().hasCount(0);
        PlaywrightAssertions.assertThat(page.locator("#mistakes tbody tr"))
                .not()
                .hasCount(0);
        PlaywrightAssertions.assertThat(page.locator("#source")).containsText("record Review");

        List<Rule> found = new AxeBuilder(page).analyze().getViolations();
        assertThat(found.stream()
                        .map(rule -> rule.getId() + ": "
                                + rule.getNodes().stream()
                                        .map(node -> node.getHtml())
                                        .toList()))
                .isEmpty();
        assertThat(page.evaluate("() => document.documentElement.scrollWidth"))
                .as("nothing stands out of the page")
                .isEqualTo(width);
    }

    /** The pictures of the documentation, for people's eyes: fonts differ by machine, so that nothing compares them. */
    @ParameterizedTest
    @CsvSource({"1280, light", "1280, dark", "360, light", "360, dark"})
    void picturesAreTakenWhereAFolderIsNamed(int width, String scheme) throws IOException {
        String folder = System.getenv("CLOZE_PICTURES");
        assumeTrue(folder != null, "CLOZE_PICTURES names no folder for pictures");
        try (Served usual = new Served(List.of(), Served.settings(), DefaultBackbone.name())) {
            open(options(width, scheme), usual);
            PlaywrightAssertions.assertThat(page.locator("#status")).containsText("Template 2:");
            PlaywrightAssertions.assertThat(page.locator("#results tbody tr")).hasCount(2);
            PlaywrightAssertions.assertThat(page.locator("#source")).containsText("record Review");
            Files.createDirectories(Path.of(folder));
            Path picture = Path.of(folder, "page-" + width + "-" + scheme + ".png");
            page.screenshot(new ScreenshotOptions().setPath(picture).setFullPage(true));
            page.screenshot(
                    new ScreenshotOptions().setPath(Path.of(folder, "first-screen-" + width + "-" + scheme + ".png")));
            assertThat(picture).isNotEmptyFile();
            open(options(width, scheme));
        }
    }
}
