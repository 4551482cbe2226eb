package dev.cloze.testkit.data;

/** What a text of the E2E data says of a restaurant, as far as it is said in the words of the data. */
public enum RestaurantSlot {
    NAME("name"),
    NEAR("near"),
    FOOD("food"),
    AREA("area"),
    PRICE("priceRange"),
    KIND("eatType");

    private final String attribute;

    RestaurantSlot(String attribute) {
        this.attribute = attribute;
    }

    /** Its name in the data. */
    public String attribute() {
        return attribute;
    }
}
