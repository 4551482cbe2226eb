package dev.cloze.testkit.data;

/** A sentence or two about a restaurant. */
public record RestaurantText(String text) {}
