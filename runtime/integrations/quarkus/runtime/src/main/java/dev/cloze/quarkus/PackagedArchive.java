package dev.cloze.quarkus;

import java.util.List;

/**
 * A saved pipeline among the resources of an application.
 *
 * @param task whose it is, as the settings name it
 * @param folder its name as a resource, without a slash at either end
 * @param files the names of its files
 */
public record PackagedArchive(String task, String folder, List<String> files) {}
