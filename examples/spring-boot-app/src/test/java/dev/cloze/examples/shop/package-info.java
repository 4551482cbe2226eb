/** The application, asked over HTTP. */
@NullMarked
package dev.cloze.examples.shop;

import org.jspecify.annotations.NullMarked;
