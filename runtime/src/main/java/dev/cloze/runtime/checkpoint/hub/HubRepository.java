package dev.cloze.runtime.checkpoint.hub;

import dev.cloze.runtime.checkpoint.config.ConfigFiles;
import dev.cloze.vocabulary.folder.ModelName;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One model's repository on the hub, at the commit that the revision asked for stood at when it was first asked. */
final class HubRepository {

    private static final Pattern COMMIT = Pattern.compile("[0-9A-Za-z]{1,64}");

    private final ModelEnvironment environment;
    private final HubClient client;
    private final Patience patience;
    private final HubProblems problems;
    private final ModelName model;
    private String revision;

    HubRepository(
            ModelEnvironment environment, HubClient client, Patience patience, HubProblems problems, ModelName model) {
        this.environment = environment;
        this.client = client;
        this.patience = patience;
        this.problems = problems;
        this.model = model;
        this.revision = model.revision() == null ? HubCache.NEWEST : model.revision();
    }

    /**
     * The commit that the revision stands at, to which all later questions refer; nothing if there is no such model,
     * MODEL_REVISION if it has no such revision.
     */
    Optional<String> commit() {
        HubClient.Answer answer = ask(ConfigFiles.MODEL);
        String errorCode = errorCode(answer);
        if (errorCode.equals("RevisionNotFound") && model.revision() != null) {
            throw problems.revision(model);
        }
        if (errorCode.equals("RepoNotFound") || (answer.status() == 404 && !errorCode.equals("EntryNotFound"))) {
            return Optional.empty();
        }
        if (answer.status() == 404) {
            throw problems.incomplete(java.util.List.of(ConfigFiles.MODEL));
        }
        checkAllowed(answer);
        revision = answer.header("x-repo-commit")
                .filter(commit -> COMMIT.matcher(commit).matches())
                .orElseThrow(() -> problems.strange(answer.status(), "without the name of a revision"));
        return Optional.of(revision);
    }

    /** What the hub knows of a file; nothing if the model has none of this name. */
    Optional<RemoteFile> file(String name) {
        HubClient.Answer answer = ask(name);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        checkAllowed(answer);
        Optional<String> linked = answer.header("x-linked-etag");
        String etag = linked.or(() -> answer.header("etag"))
                .orElseThrow(() -> problems.strange(answer.status(), "without an ETag for " + name));
        // A linked file lies on another server, which has never heard of this etag; a weak one cannot be asked for.
        @Nullable String validator = linked.isPresent() || etag.startsWith("W/") ? null : etag;
        return Optional.of(new RemoteFile(name, address(name), bare(etag), validator, size(answer)));
    }

    private HubClient.Answer ask(String file) {
        return new Attempts(patience, problems).run(() -> client.head(address(file)));
    }

    private URI address(String file) {
        String inPath = URLEncoder.encode(revision, StandardCharsets.UTF_8); // a branch's slash is none of the path's
        return URI.create(environment.endpoint() + "/" + model.repository() + "/resolve/" + inPath + "/" + file);
    }

    private void checkAllowed(HubClient.Answer answer) {
        if (answer.status() == 401 || answer.status() == 403) {
            throw problems.refused(answer.status(), errorCode(answer));
        }
        if (answer.status() != 200) {
            throw problems.strange(answer.status(), "strangely");
        }
    }

    private static String errorCode(HubClient.Answer answer) {
        return answer.header("x-error-code").orElse("");
    }

    private static long size(HubClient.Answer answer) {
        try {
            return answer.header("x-linked-size")
                    .or(() -> answer.header("content-length"))
                    .map(Long::parseLong)
                    .orElse(-1L);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Without quotes and the mark of weakness. */
    private static String bare(String etag) {
        String strong = etag.startsWith("W/") ? etag.substring(2) : etag;
        return strong.replace("\"", "").toLowerCase(Locale.ROOT);
    }
}
