package dev.cloze.runtime.archive;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * Manifests of format 1 in the words of format 2: they had one template, one model, and no word for what is the method's.
 */
final class OlderManifest {

    private static final List<String> OF_THE_TASK = List.of("kind", "name", "multiTokenWords", "calibration", "compat");

    private OlderManifest() {}

    /** The manifest in the present format, which it may have already; what is missing stays missing. */
    static JsonObject upgraded(JsonObject manifest, int formatVersion) {
        return formatVersion == 1 && manifest.get("task") instanceof JsonObject task
                ? fromFirst(manifest, task)
                : manifest;
    }

    private static JsonObject fromFirst(JsonObject manifest, JsonObject task) {
        JsonObject template = new JsonObject();
        move(task, "template", template, "text");
        move(task, "labels", template, "labels");
        JsonObject product = new JsonObject();
        product.add("templates", list(template));
        move(task, "maxLength", product, "maxLength");
        product.add("models", list(manifest.get("backbone")));
        product.add("settings", new JsonObject());
        JsonObject present = new JsonObject();
        present.add("formatVersion", manifest.get("formatVersion"));
        move(manifest, "frameworkVersion", present, "frameworkVersion");
        JsonObject ofTheTask = new JsonObject();
        OF_THE_TASK.forEach(name -> move(task, name, ofTheTask, name));
        present.add("task", ofTheTask);
        move(task, "method", present, "method");
        present.add("product", product);
        move(manifest, "training", present, "training");
        return present;
    }

    private static void move(JsonObject from, String name, JsonObject to, String newName) {
        if (from.has(name)) {
            to.add(newName, from.get(name));
        }
    }

    private static JsonArray list(JsonElement element) {
        JsonArray list = new JsonArray();
        list.add(element);
        return list;
    }
}
