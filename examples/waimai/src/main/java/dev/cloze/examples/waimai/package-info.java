/** Tells satisfied customers of a food delivery from others, in Chinese. */
@NullMarked
package dev.cloze.examples.waimai;

import org.jspecify.annotations.NullMarked;
