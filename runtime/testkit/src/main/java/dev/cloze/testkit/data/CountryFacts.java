package dev.cloze.testkit.data;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What holds of some 240 countries and territories. */
public final class CountryFacts {

    private CountryFacts() {}

    /** Capitals, which may be of several words; countries without one are left out. */
    public static List<Fact> capitals(Path data) {
        return facts(data, "capital-city", "city");
    }

    /** Continents. */
    public static List<Fact> continents(Path data) {
        return facts(data, "continent", "continent");
    }

    private static List<Fact> facts(Path data, String name, String member) {
        Path file = data.resolve("country-facts").resolve("country-by-" + name + ".json");
        List<Fact> facts = new ArrayList<>();
        try {
            for (JsonElement element :
                    JsonParser.parseString(Files.readString(file)).getAsJsonArray()) {
                JsonObject country = element.getAsJsonObject();
                JsonElement object = country.get(member);
                if (object != null
                        && !object.isJsonNull()
                        && !object.getAsString().isBlank()) {
                    facts.add(new Fact(
                            country.get("country").getAsString(),
                            object.getAsString().strip()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return facts;
    }
}
