package dev.cloze.runtime.application;

import dev.cloze.runtime.spi.DeclaredPipeline;
import java.util.Locale;

/** The names that tasks have in properties and as beans. */
public final class TaskNames {

    private TaskNames() {}

    /** {@code support-ticket} of a class {@code SupportTicket}, {@code shop-opinion} of {@code Shop.Opinion}. */
    public static String of(DeclaredPipeline<?> declared) {
        String full = declared.taskClass().getName();
        return full.substring(full.lastIndexOf('.') + 1)
                .replace('$', '-')
                .replaceAll("(?<=[\\p{Ll}\\d])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})", "-")
                .toLowerCase(Locale.ROOT);
    }

    /** {@code com.acme.SupportTicket}, {@code com.acme.Shop.Opinion}. */
    public static String full(DeclaredPipeline<?> declared) {
        String name = declared.taskClass().getCanonicalName();
        return name == null ? declared.taskClass().getName() : name;
    }

    /** Whether two names are one to the binder, which knows no case, and no dashes in variables of the environment. */
    public static boolean alike(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** {@code supportTicketPipeline}. */
    public static String bean(String name) {
        StringBuilder bean = new StringBuilder();
        for (String word : name.split("[-.]", -1)) {
            bean.append(bean.isEmpty() || word.isEmpty() ? word : capitalized(word));
        }
        return bean.append("Pipeline").toString();
    }

    private static String capitalized(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
