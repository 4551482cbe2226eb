package dev.cloze.testkit.fuzz;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** JSON one or some of whose values are exchanged for others that nobody expects there, or are gone, or come often. */
final class JsonMutation {

    private static final List<String> ODD = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "255",
            "65536",
            "1000000",
            "268435455",
            "268435456",
            "2147483647",
            "2147483648",
            "-9223372036854775808",
            "9223372036854775808",
            "1e400",
            "1e99999",
            "1e999999999",
            "NaN",
            "\"\"",
            "\"\\u0000\"",
            "\"a\"",
            "\"\\ud800\"",
            "\"" + "a".repeat(5_000) + "\"",
            "[]",
            "[[]]",
            "[1, 2]",
            "{}",
            "{\"type\": \"Sequence\"}",
            "[".repeat(200) + "]".repeat(200));

    private JsonMutation() {}

    /** A value within another, by its key or place. */
    private record Spot(JsonElement parent, String key, int place) {

        JsonElement value() {
            return parent instanceof JsonObject object
                    ? object.get(key)
                    : parent.getAsJsonArray().get(place);
        }

        void set(JsonElement value) {
            if (parent instanceof JsonObject object) {
                object.add(key, value);
            } else {
                parent.getAsJsonArray().set(place, value);
            }
        }

        void remove() {
            if (parent instanceof JsonObject object) {
                object.remove(key);
            } else {
                parent.getAsJsonArray().remove(place);
            }
        }
    }

    static byte[] of(byte[] seed, SplittableRandom random) {
        JsonElement json = JsonParser.parseString(new String(seed, StandardCharsets.UTF_8));
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            once(json, random);
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void once(JsonElement json, SplittableRandom random) {
        List<Spot> spots = new ArrayList<>();
        collect(json, spots, 0);
        if (spots.isEmpty()) {
            return;
        }
        Spot spot = spots.get(random.nextInt(spots.size()));
        switch (random.nextInt(5)) {
            case 0 -> spot.remove();
            case 1 -> spot.set(spots.get(random.nextInt(spots.size())).value().deepCopy());
            case 2 -> {
                if (spot.parent() instanceof JsonArray list) {
                    for (int i = random.nextInt(100); i > 0; i--) {
                        list.add(spot.value().deepCopy());
                    }
                } else {
                    spot.set(odd(random));
                }
            }
            default -> spot.set(odd(random));
        }
    }

    private static JsonElement odd(SplittableRandom random) {
        return JsonParser.parseString(ODD.get(random.nextInt(ODD.size())));
    }

    /** Of a long list or object some values only: a vocabulary would have all the luck. */
    private static void collect(JsonElement json, List<Spot> spots, int depth) {
        if (json instanceof JsonObject object) {
            object.keySet().stream().limit(40).forEach(key -> {
                spots.add(new Spot(json, key, 0));
                collect(object.get(key), spots, depth + 1);
            });
        } else if (json instanceof JsonArray list) {
            for (int i = 0; i < Math.min(20, list.size()); i++) {
                spots.add(new Spot(json, "", i));
                collect(list.get(i), spots, depth + 1);
            }
        }
    }
}
