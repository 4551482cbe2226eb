/** Facts about restaurants are told in sentences: see {@code RestaurantsExample}. */
@NullMarked
package dev.cloze.examples.restaurants;

import org.jspecify.annotations.NullMarked;
