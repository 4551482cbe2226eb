package dev.cloze.testkit.kernel;

import dev.cloze.runtime.engine.KernelSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the text of a kernel says of its methods. */
public final class KernelMethods {

    private static final Pattern METHOD =
            Pattern.compile("(?m)^  def (\\w+)\\(self: __torch__\\.Kernel(?:,[^)]*)?\\) -> (.+):$");
    private static final Pattern CALL = Pattern.compile("\\(self\\)\\.(\\w+)\\(");

    private KernelMethods() {}

    /** The methods that no other method of the kernel calls: the runtime must, or nobody does. */
    public static Set<String> outer(String text) {
        Set<String> outer = new TreeSet<>(results(text).keySet());
        CALL.matcher(text).results().forEach(call -> outer.remove(call.group(1)));
        return outer;
    }

    /** Whether a method returns a list of tensors, not one. */
    static boolean returnsList(KernelSource source, String method) {
        return "List[Tensor]".equals(results(source.text()).get(method));
    }

    private static Map<String, String> results(String text) {
        return METHOD.matcher(text)
                .results()
                .collect(Collectors.toMap(
                        method -> method.group(1), method -> method.group(2), (one, other) -> one, TreeMap::new));
    }
}
