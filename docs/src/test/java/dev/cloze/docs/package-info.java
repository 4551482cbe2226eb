/** Compiles and runs what the pages show, so that nobody copies what doesn't work. */
package dev.cloze.docs;
